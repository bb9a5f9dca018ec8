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
  const derive = (purpose: keyof StaticKeys): Uint8Array => {
    const master = masters[purpose];
    const blocks = buildDiversification(scheme, purpose, {
      lengthBytes: master.length,
      diversificationData,
    });
    const encipher = scheme === 'KDF3' ? computeAesCmac : encryptTripleDesEcb;
    return concatBytes(...blocks.map((block) => encipher(master, block))).subarray(
      0,
      master.length,
    );
  };
  return {
    encryption: derive('encryption'),
    mac: derive('mac'),
    dataEncryption: derive('dataEncryption'),
  };
}

/**
 * The blocks of which a card's key is made, for those who have the master in a token and not in
 * hand: under KDF3 each goes through AES-CMAC, under EMV and VISA2 the only one through 3DES-ECB;
 * what comes out, cut to the length of the key, is the key
 * [EMV CPS §4.1; SP 800-108 §5.1; GPC-D §4.1.5].
 *
 * @param card the length of the master in bytes, and the 10 bytes that the card answers
 * @throws RangeError when the diversification data is not 10 bytes.
 */
export function buildDiversification(
  scheme: Exclude<Diversification, 'none'>,
  purpose: keyof StaticKeys,
  card: { readonly lengthBytes: number; readonly diversificationData: Uint8Array },
): readonly Uint8Array[] {
  const { lengthBytes, diversificationData: data } = card;
  if (data.length !== 10) throw new RangeError('diversification data of 10 bytes');
  const keyType = KEY_TYPE[purpose];
  if (scheme === 'KDF3') {
    const label = concatBytes(encodeUint(keyType, 4), Uint8Array.of(0x00));
    return Array.from({ length: Math.ceil(lengthBytes / 16) }, (_, index) =>
      concatBytes(Uint8Array.of(index + 1), label, data),
    );
  }
  const bytes = Uint8Array.from(CARD_BYTES[scheme], (index) => data[index] ?? 0);
  const left = Uint8Array.of(0xf0, keyType);
  const right = Uint8Array.of(0x0f, keyType);
  return [concatBytes(bytes, left, bytes, right)];
}
