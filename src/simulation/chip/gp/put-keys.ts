import { SW } from '../../../standards/apdu/status-words';
import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import {
  type CardKeyCipher,
  computeAesKcv,
  computeTripleDesKcv,
} from '../../../standards/gp/key-check-value';
import { KEY_TYPE } from '../../../standards/gp/put-key';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import type { DomainChannel } from './domain-channel';
import { findKeySet, storeKeySet } from './key-sets';

/** Several keys, of which the first has the identifier 1. */
const THREE_KEYS = 0x81;
const MAX_VERSION = 0x7f;
const KEY_BYTES = { aes: [16, 24, 32], '3des': [16] } as const satisfies Record<
  CardKeyCipher,
  readonly number[]
>;

/**
 * PUT KEY with the three keys of one version, each proved by its check value; the keys of delivery
 * are gone afterwards [GPC-C §11.8, GPC-D §7.2].
 *
 * @returns the new version and the check values
 */
export function putKeys(
  memory: NvMemory,
  channel: DomainChannel,
  command: { readonly p1: number; readonly p2: number; readonly data: Uint8Array },
): Uint8Array {
  const { p1: replaced, p2, data } = command;
  if (p2 !== THREE_KEYS) refuse(SW.incorrectP1P2);
  const [version] = data;
  if (version === undefined || version === 0 || version > MAX_VERSION) return refuse(SW.wrongData);
  if (replaced !== 0 && findKeySet(memory, replaced) === undefined) {
    refuse(SW.referenceDataNotFound);
  }
  const { cipher } = channel.keySet;
  const fields = new FieldReader(channel, cipher, data.subarray(1));
  const [encryption, mac, dataEncryption] = [fields.next(), fields.next(), fields.next()];
  const isOneLength = new Set([encryption.length, mac.length, dataEncryption.length]).size === 1;
  if (!fields.isAtEnd || !isOneLength) refuse(SW.wrongData);
  const keys = { encryption, mac, dataEncryption };
  storeKeySet(memory, { version, cipher, keys }, replaced);
  const computeKcv = cipher === 'aes' ? computeAesKcv : computeTripleDesKcv;
  return concatBytes(
    Uint8Array.of(version),
    ...[encryption, mac, dataEncryption].map((key) => computeKcv(key)),
  );
}

/** Reads key after key; each has to be of the channel's own cipher. */
class FieldReader {
  constructor(
    private readonly channel: DomainChannel,
    private readonly cipher: CardKeyCipher,
    private rest: Uint8Array,
  ) {}

  get isAtEnd(): boolean {
    return this.rest.length === 0;
  }

  /** AES: `88 length keyLength cryptogram 03 kcv`; 3DES: `80 length cryptogram 03 kcv`. */
  next(): Uint8Array {
    const isAes = this.cipher === 'aes';
    const [type, length = 0, third = 0] = this.rest;
    if (type !== (isAes ? KEY_TYPE.aes : KEY_TYPE.des)) refuse(SW.wrongData);
    const end = 2 + length;
    const cryptogram = this.rest.subarray(isAes ? 3 : 2, end);
    const keyBytes = isAes ? third : length;
    const allowed: readonly number[] = KEY_BYTES[this.cipher];
    if (cryptogram.length !== (isAes ? length - 1 : length) || !allowed.includes(keyBytes)) {
      refuse(SW.wrongData);
    }
    const kcvBytes = this.rest[end] ?? 0;
    const kcv = this.rest.subarray(end + 1, end + 1 + kcvBytes);
    const key = this.channel.decryptSensitive(cryptogram).slice(0, keyBytes);
    if (key.length !== keyBytes) refuse(SW.wrongData);
    const expected = isAes ? computeAesKcv(key) : computeTripleDesKcv(key);
    if (!equalBytes(expected, kcv)) refuse(SW.wrongData);
    this.rest = this.rest.subarray(end + 1 + kcvBytes);
    return key;
  }
}
