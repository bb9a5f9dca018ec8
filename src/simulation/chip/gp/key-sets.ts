import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex } from '../../../standards/bytes/hex';
import type { CardKeyCipher } from '../../../standards/gp/key-check-value';
import { encodeKeyInformation } from '../../../standards/gp/key-information';
import { KEY_TYPE } from '../../../standards/gp/put-key';
import type { StaticKeys } from '../../../standards/gp/static-keys';
import type { NvMemory } from '../nv-memory';

/** The key that chips are delivered with in laboratories; it is published and protects nothing. */
const LABORATORY_KEY = decodeHex('404142434445464748494A4B4C4D4E4F');
const LABORATORY_VERSION = 1;
const KEYS_IN_SET = 3;

/** Where a set stands in memory: those of delivery go with the first PUT KEY. */
const PREFIX = { issuer: 'key-set.', delivery: 'delivery-set.' } as const;
const COUNTER = 'key-counter.';

/** Three keys of one version: AES keys speak SCP03, 3DES keys SCP02 [GPC-C §10.8; GPC-D §5]. */
export interface KeySet {
  readonly version: number;
  readonly cipher: CardKeyCipher;
  readonly keys: StaticKeys;
}

/** Every key set of the security domain, the newest first. */
export function listKeySets(memory: NvMemory): readonly KeySet[] {
  const stored = [
    ...readSets(memory, PREFIX.delivery),
    ...readSets(memory, PREFIX.issuer),
  ].toReversed();
  if (stored.length > 0) return stored;
  const key = LABORATORY_KEY;
  const keys = { encryption: key, mac: key, dataEncryption: key };
  return [{ version: LABORATORY_VERSION, cipher: 'aes', keys }];
}

/** Version 0 means the first set [GPC-D §7.1.1.2]. */
export function findKeySet(memory: NvMemory, version: number): KeySet | undefined {
  const sets = listKeySets(memory);
  return version === 0 ? sets[0] : sets.find((set) => set.version === version);
}

/** GET DATA 00E0 [GPC-C §11.3.3.1]. */
export function describeKeySets(memory: NvMemory): Uint8Array {
  return encodeKeyInformation(
    listKeySets(memory).flatMap(({ version, cipher, keys }) =>
      [keys.encryption, keys.mac, keys.dataEncryption].map((key, index) => ({
        id: index + 1,
        version,
        components: [
          { type: cipher === 'aes' ? KEY_TYPE.aes : KEY_TYPE.des, lengthBytes: key.length },
        ],
      })),
    ),
  );
}

/** The sets that a chip is delivered with; the first PUT KEY takes those of delivery away. */
export function deliverKeySets(
  memory: NvMemory,
  sets: readonly KeySet[],
  role: keyof typeof PREFIX,
): void {
  memory.put(
    Object.fromEntries(sets.map((set) => [`${PREFIX[role]}${set.version}`, encodeSet(set)])),
  );
}

/**
 * Puts one set in place of another, or beside the others: one transaction, after which those of
 * delivery are gone and the counter of the new set begins again [GPC-C §11.8; GPC-D §6.2.2.1].
 *
 * @param replaced version that goes; 0 for none
 */
export function storeKeySet(memory: NvMemory, set: KeySet, replaced: number): void {
  const gone = [...memory.values().keys()].filter((name) => name.startsWith(PREFIX.delivery));
  const versions = replaced === 0 || replaced === set.version ? [] : [replaced];
  memory.change({
    remove: [
      ...gone,
      ...versions.flatMap((version) => [`${PREFIX.issuer}${version}`, `${COUNTER}${version}`]),
      `${COUNTER}${set.version}`,
    ],
    put: { [`${PREFIX.issuer}${set.version}`]: encodeSet(set) },
  });
}

export function removeKeySet(memory: NvMemory, version: number): void {
  memory.change({
    remove: [PREFIX.issuer, PREFIX.delivery, COUNTER].map((prefix) => `${prefix}${version}`),
  });
}

/**
 * Gives the chip other keys than its owner knows, under the same versions: what a lot with the
 * wrong keys looks like from outside.
 */
export function falsifyKeySets(memory: NvMemory): void {
  for (const role of ['issuer', 'delivery'] as const) {
    const sets = readSets(memory, PREFIX[role]);
    if (sets.length > 0) deliverKeySets(memory, sets.map(falsify), role);
  }
  if (readSets(memory, PREFIX.issuer).length + readSets(memory, PREFIX.delivery).length > 0) return;
  deliverKeySets(memory, listKeySets(memory).map(falsify), 'delivery');
}

/** How often channels were begun with a set; the width is the protocol's. */
export function readKeyCounter(memory: NvMemory, version: number): Uint8Array | undefined {
  return memory.value(`${COUNTER}${version}`);
}

export function writeKeyCounter(memory: NvMemory, version: number, counter: Uint8Array): void {
  memory.put({ [`${COUNTER}${version}`]: counter });
}

function falsify({ keys, ...set }: KeySet): KeySet {
  const flip = (key: Uint8Array): Uint8Array => key.map((byte) => byte ^ 0x5a);
  return {
    ...set,
    keys: {
      encryption: flip(keys.encryption),
      mac: flip(keys.mac),
      dataEncryption: flip(keys.dataEncryption),
    },
  };
}

function readSets(memory: NvMemory, prefix: string): readonly KeySet[] {
  return [...memory.values()].flatMap(([name, value]) =>
    name.startsWith(prefix) ? [decodeSet(Number(name.slice(prefix.length)), value)] : [],
  );
}

/** The key type, then the three keys. */
function encodeSet({ cipher, keys }: KeySet): Uint8Array {
  const type = Uint8Array.of(cipher === 'aes' ? KEY_TYPE.aes : KEY_TYPE.des);
  return concatBytes(type, keys.encryption, keys.mac, keys.dataEncryption);
}

function decodeSet(version: number, value: Uint8Array): KeySet {
  const length = (value.length - 1) / KEYS_IN_SET;
  const key = (index: number): Uint8Array =>
    value.slice(1 + index * length, 1 + (index + 1) * length);
  return {
    version,
    cipher: value[0] === KEY_TYPE.aes ? 'aes' : '3des',
    keys: { encryption: key(0), mac: key(1), dataEncryption: key(2) },
  };
}
