import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { computeAesCmac } from '../crypto/aes-cmac';
import { encryptTripleDesEcb } from '../crypto/triple-des';
import type { StaticKeys } from './static-keys';

/** The ways in which stock is delivered with keys of its own [EMV CPS §4.1; SP 800-108 §5.1]. */
export const DIVERSIFICATIONS = ['none', 'EMV', 'VISA2', 'KDF3'] as const;

export type Diversification = (typeof DIVERSIFICATIONS)[number];

/** Which bytes of the diversification data name the card. */
const CARD_BYTES = { EMV: [4, 5, 6, 7, 8, 9], VISA2: [0, 1, 4, 5, 6, 7] } as const;

const KEY_TYPE = { encryption: 1, mac: 2, dataEncryption: 3 } as const;

/**
 * The keys of one card from master keys and the 10 bytes of diversification data that the card
 * answers to INITIALIZE UPDATE. EMV and VISA2 take 3DES masters, KDF3 takes AES masters of any
 * length and makes keys as long [EMV CPS §4.1; SP 800-108 §5.1; GPC-D §4.1.5].
 *
 * @throws RangeError when the diversification data is not 10 bytes.
 */
export function diversifyKeys(
  scheme: Diversification,
  masters: StaticKeys,
  diversificationData: Uint8Array,
): StaticKeys {
  if (diversificationData.length !== 10) throw new RangeError('diversification data of 10 bytes');
  if (scheme === 'none') return masters;
  const derive = (purpose: keyof typeof KEY_TYPE): Uint8Array =>
    scheme === 'KDF3'
      ? deriveByCounterMode(masters[purpose], KEY_TYPE[purpose], diversificationData)
      : encryptCardNumber(scheme, masters[purpose], [KEY_TYPE[purpose], diversificationData]);
  return {
    encryption: derive('encryption'),
    mac: derive('mac'),
    dataEncryption: derive('dataEncryption'),
  };
}

function encryptCardNumber(
  scheme: keyof typeof CARD_BYTES,
  master: Uint8Array,
  [keyType, data]: readonly [number, Uint8Array],
): Uint8Array {
  const card = Uint8Array.from(CARD_BYTES[scheme], (index) => data[index] ?? 0);
  const left = Uint8Array.of(0xf0, keyType);
  const right = Uint8Array.of(0x0f, keyType);
  return encryptTripleDesEcb(master, concatBytes(card, left, card, right));
}

/** CMAC over counter, key type and diversification data, block after block. */
function deriveByCounterMode(master: Uint8Array, keyType: number, data: Uint8Array): Uint8Array {
  const label = concatBytes(encodeUint(keyType, 4), Uint8Array.of(0x00));
  const blocks = Array.from({ length: Math.ceil(master.length / 16) }, (_, index) =>
    computeAesCmac(master, concatBytes(Uint8Array.of(index + 1), label, data)),
  );
  return concatBytes(...blocks).subarray(0, master.length);
}
