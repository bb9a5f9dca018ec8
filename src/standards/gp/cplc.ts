import { encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { parseOnlyTlv } from '../tlv/tlv';

const TAG = 0x9f7f;

/** Fields of the card production life cycle data and their lengths in bytes [GPC-C §H.6]. */
const FIELDS = {
  icFabricator: 2,
  icType: 2,
  operatingSystemId: 2,
  operatingSystemReleaseDate: 2,
  operatingSystemReleaseLevel: 2,
  icFabricationDate: 2,
  icSerialNumber: 4,
  icBatchIdentifier: 2,
  icModuleFabricator: 2,
  icModulePackagingDate: 2,
  iccManufacturer: 2,
  icEmbeddingDate: 2,
  icPrePersonalizer: 2,
  icPrePersonalizationDate: 2,
  icPrePersonalizationEquipment: 4,
  icPersonalizer: 2,
  icPersonalizationDate: 2,
  icPersonalizationEquipment: 4,
} as const;

/** Each field as upper-case hexadecimal; dates are YDDD, the last digit of the year and the day. */
export type Cplc = Readonly<Record<keyof typeof FIELDS, string>>;

/**
 * Card production life cycle data, tag 9F7F [GPC-C §H.6].
 *
 * @throws MalformedError
 */
export function parseCplc(data: Uint8Array): Cplc {
  const value = parseOnlyTlv(data, TAG, 'CPLC');
  const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  const total = names.reduce((sum, name) => sum + FIELDS[name], 0);
  if (value.length !== total) {
    throw new MalformedError('CPLC', `has ${value.length} bytes instead of ${total}`);
  }
  let offset = 0;
  const fields = names.map((name) => {
    const text = encodeHex(value.subarray(offset, offset + FIELDS[name]));
    offset += FIELDS[name];
    return [name, text];
  });
  return Object.fromEntries(fields) as Cplc;
}
