import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, parseTlvs, requireTlv } from '../tlv/tlv';

const PLACE = 'EF.DIR';
const TEMPLATE_TAG = 0x61;
const AID_TAG = 0x4f;

/** EF.DIR: one application template an application [9303-10 §3.11.1, table 31]. */
export function encodeEfDir(applications: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...applications.map((aid) => encodeTlv(TEMPLATE_TAG, encodeTlv(AID_TAG, aid))),
  );
}

/** The AIDs in EF.DIR; other objects are passed over [9303-10 §3.11.1, table 31]. */
export function parseEfDir(bytes: Uint8Array): readonly Uint8Array[] {
  const templates = parseTlvs(bytes, PLACE).filter(({ tag }) => tag === TEMPLATE_TAG);
  return templates.map(({ value }) => {
    const aid = requireTlv(parseTlvs(value, PLACE), AID_TAG, PLACE);
    if (aid.length < 5 || aid.length > 16) {
      throw new MalformedError(PLACE, 'an AID has not 5 to 16 bytes');
    }
    return aid;
  });
}
