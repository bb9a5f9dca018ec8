import { equalBytes } from '../../../standards/bytes/compare';
import { type CardKeyCipher, computeKcv } from '../../../standards/gp/key-check-value';
import type { KeyDiversification } from '../perso-script';
import { ProductionError } from '../../errors';
import type { KeyRealm } from './card-key-vault';

const LENGTHS_BYTES = { aes: [16, 24, 32], '3des': [16] } as const satisfies Record<
  CardKeyCipher,
  readonly number[]
>;

/** @throws ProductionError `HSM_WRONG_USE` */
export function checkKeyLength(label: string, cipher: CardKeyCipher, lengthBytes: number): void {
  const allowed: readonly number[] = LENGTHS_BYTES[cipher];
  if (allowed.includes(lengthBytes)) return;
  throw wrongUse(label, `${lengthBytes} bytes are no ${cipher} key`);
}

/**
 * What every HSM holds against the bytes of a card key before it takes them.
 *
 * @param kcv that came with the key; without one nothing is compared
 * @throws ProductionError `HSM_WRONG_USE` for another length and for 3DES that is single DES,
 * `KEY_CHECK_VALUE_WRONG`.
 */
export function checkCardKey(given: {
  readonly label: string;
  readonly cipher: CardKeyCipher;
  readonly key: Uint8Array;
  readonly kcv?: Uint8Array;
}): void {
  const { label, cipher, key, kcv } = given;
  checkKeyLength(label, cipher, key.length);
  if (cipher === '3des' && equalBytes(withoutParity(key, 0), withoutParity(key, 8))) {
    throw wrongUse(label, 'both halves are the same, which is single DES');
  }
  if (kcv === undefined || equalBytes(computeKcv(cipher, key), kcv)) return;
  throw new ProductionError('KEY_CHECK_VALUE_WRONG', `key ${label}`);
}

/** EMV and VISA2 take 3DES masters, KDF3 takes AES. @throws ProductionError `HSM_WRONG_USE` */
export function checkDiversification(
  keySet: string,
  diversification: KeyDiversification,
  cipher: CardKeyCipher,
): void {
  if (diversification === 'none') return;
  if ((diversification === 'kdf3') === (cipher === 'aes')) return;
  throw wrongUse(keySet, `${diversification} does not take ${cipher} keys`);
}

/** SCP03 is spoken with AES keys, SCP02 with 3DES keys. @throws ProductionError `HSM_WRONG_USE` */
export function checkProtocol(
  keySet: string,
  protocol: 'scp02' | 'scp03',
  cipher: CardKeyCipher,
): void {
  if ((protocol === 'scp03') === (cipher === 'aes')) return;
  throw wrongUse(keySet, `${protocol} is not spoken with ${cipher} keys`);
}

/**
 * Whether a card may go from one set to the next.
 *
 * @throws ProductionError `HSM_WRONG_USE` for live masters as they are, `CARD_KEYS_MIXED`.
 */
export function checkKeyChange(
  present: { readonly realm: KeyRealm },
  next: {
    readonly keySet: string;
    readonly diversification: KeyDiversification;
    readonly realm: KeyRealm;
  },
): void {
  if (next.diversification === 'none' && next.realm === 'live') {
    throw wrongUse(next.keySet, 'live master keys themselves go into no card: diversify them');
  }
  checkSameRealm(`keys ${next.keySet}`, present.realm, next.realm);
}

/** @throws ProductionError `CARD_KEYS_MIXED` */
export function checkSameRealm(place: string, present: KeyRealm, other: KeyRealm): void {
  if (present === other) return;
  throw new ProductionError('CARD_KEYS_MIXED', place, [`${other} after ${present}`]);
}

/** DES uses seven bits of a byte. */
function withoutParity(key: Uint8Array, start: number): Uint8Array {
  return key.subarray(start, start + 8).map((byte) => byte & 0xfe);
}

function wrongUse(label: string, reason: string): ProductionError {
  return new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
