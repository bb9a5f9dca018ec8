import { encodeAscii } from '../../bytes/text';
import { digestBytes } from '../../crypto/digest-algorithms';
import { type ChannelKeys, deriveChannelKeys } from '../../crypto/key-derivation';
import { encodeMrzInformation, type MrzSecret } from '../../mrz/mrz-information';

/** K_seed: the first 16 bytes of SHA-1 over the MRZ information [9303-11 §9.7.2]. */
export function deriveBacSeed(mrz: MrzSecret): Uint8Array {
  return digestBytes('sha1', encodeAscii(encodeMrzInformation(mrz))).subarray(0, 16);
}

/** The document basic access keys of a chip, K_Enc and K_MAC [9303-11 §9.7.2]. */
export function deriveBacKeys(mrz: MrzSecret): ChannelKeys {
  return deriveChannelKeys('3DES', deriveBacSeed(mrz));
}
