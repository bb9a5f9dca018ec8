import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex } from '../../../standards/bytes/hex';
import { computeAesKcv } from '../../../standards/gp/key-check-value';
import { encodeKeyInformation } from '../../../standards/gp/key-information';
import { KEY_TYPE } from '../../../standards/gp/put-key';
import type { StaticKeys } from '../../../standards/gp/static-keys';
import { SW } from '../../../standards/apdu/status-words';
import { equalBytes } from '../../../standards/bytes/compare';
import { decryptAesCbc } from '../../../standards/crypto/aes';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';

/** The key that chips are delivered with in laboratories; it is published and protects nothing. */
const DELIVERY_KEY = decodeHex('404142434445464748494A4B4C4D4E4F');
const DELIVERY_VERSION = 1;
const PREFIX = 'key-set.';
const KEYS_IN_SET = 3;
const BLOCK_BYTES = 16;

export interface KeySet {
  readonly version: number;
  readonly keys: StaticKeys;
}

/** Every key set of the security domain, the newest first; a blank chip has the delivery key. */
export function listKeySets(memory: NvMemory): readonly KeySet[] {
  const stored = [...memory.values()].flatMap(([name, value]) =>
    name.startsWith(PREFIX)
      ? [{ version: Number(name.slice(PREFIX.length)), keys: split(value) }]
      : [],
  );
  if (stored.length > 0) return stored.reverse();
  const key = DELIVERY_KEY;
  return [{ version: DELIVERY_VERSION, keys: { encryption: key, mac: key, dataEncryption: key } }];
}

/** Version 0 means the first set [GPC-C §E.5.1.3]. */
export function findKeySet(memory: NvMemory, version: number): KeySet | undefined {
  const sets = listKeySets(memory);
  return version === 0 ? sets[0] : sets.find((set) => set.version === version);
}

/** GET DATA 00E0 [GPC-C §11.3.3.1]. */
export function describeKeySets(memory: NvMemory): Uint8Array {
  return encodeKeyInformation(
    listKeySets(memory).flatMap(({ version, keys }) =>
      [keys.encryption, keys.mac, keys.dataEncryption].map((key, index) => ({
        id: index + 1,
        version,
        components: [{ type: KEY_TYPE.aes, lengthBytes: key.length }],
      })),
    ),
  );
}

/**
 * PUT KEY with the three keys of one version; the delivery key is gone afterwards [GPC-D §7.2].
 *
 * @returns the new version and the check values
 */
export function putKeySet(
  memory: NvMemory,
  dataEncryption: Uint8Array,
  command: { readonly p1: number; readonly p2: number; readonly data: Uint8Array },
): Uint8Array {
  const { p1: replaced, p2, data } = command;
  if (p2 !== 0x81) refuse(SW.incorrectP1P2);
  const [version] = data;
  if (version === undefined || version === 0 || version > 0x7f) return refuse(SW.wrongData);
  if (replaced !== 0 && findKeySet(memory, replaced)?.version !== replaced) {
    refuse(SW.referenceDataNotFound);
  }
  const keys: Uint8Array[] = [];
  let rest = data.subarray(1);
  while (rest.length > 0) {
    const { key, lengthBytes } = readKeyField(dataEncryption, rest);
    keys.push(key);
    rest = rest.subarray(lengthBytes);
  }
  const lengths = new Set(keys.map((key) => key.length));
  if (keys.length !== KEYS_IN_SET || lengths.size !== 1) refuse(SW.wrongData);
  if (replaced !== 0 && replaced !== version && memory.value(`${PREFIX}${replaced}`)) {
    memory.remove(`${PREFIX}${replaced}`);
  }
  memory.put({ [`${PREFIX}${version}`]: concatBytes(...keys) });
  return concatBytes(Uint8Array.of(version), ...keys.map(computeAesKcv));
}

/** `88 length keyLength cryptogram 03 kcv`; the key must have its check value. */
function readKeyField(
  dataEncryption: Uint8Array,
  field: Uint8Array,
): { readonly key: Uint8Array; readonly lengthBytes: number } {
  const [type, length = 0, keyLength = 0] = field;
  const cryptogram = field.subarray(3, 2 + length);
  const kcvStart = 2 + length + 1;
  const kcv = field.subarray(kcvStart, kcvStart + (field[2 + length] ?? 0));
  const isWhole = cryptogram.length === length - 1 && cryptogram.length % BLOCK_BYTES === 0;
  if (type !== KEY_TYPE.aes || !isWhole || ![16, 24, 32].includes(keyLength)) refuse(SW.wrongData);
  const key = decryptAesCbc(dataEncryption, new Uint8Array(BLOCK_BYTES), cryptogram);
  const cut = key.subarray(0, keyLength);
  if (cut.length !== keyLength || !equalBytes(computeAesKcv(cut), kcv)) refuse(SW.wrongData);
  return { key: cut, lengthBytes: kcvStart + kcv.length };
}

function split(value: Uint8Array): StaticKeys {
  const length = value.length / KEYS_IN_SET;
  return {
    encryption: value.slice(0, length),
    mac: value.slice(length, 2 * length),
    dataEncryption: value.slice(2 * length),
  };
}
