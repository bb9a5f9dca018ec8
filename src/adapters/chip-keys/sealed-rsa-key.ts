import { ProductionError } from '../../production/errors';
import { concatBytes } from '../../standards/bytes/concat';
import { MalformedError } from '../../standards/bytes/malformed';
import { parsePublicKeyInfo } from '../../standards/pki/subject-public-key-info';
import { encodeTlv, parseOnlyTlv, parseTlvs, requireTlv } from '../../standards/tlv/tlv';
import type { RsaKey } from './rsa-key-stock';

const PLACE = 'chip key';
const TAG = { key: 0x30, publicKey: 0x81, modulus: 0x82, privateExponent: 0x83 } as const;

/** The bytes of a key that are sealed. */
export function encodeSealedRsaKey({ publicKey, modulus, privateExponent }: RsaKey): Uint8Array {
  const members = concatBytes(
    encodeTlv(TAG.publicKey, publicKey),
    encodeTlv(TAG.modulus, modulus),
    encodeTlv(TAG.privateExponent, privateExponent),
  );
  return encodeTlv(TAG.key, members);
}

/** @throws ProductionError `INPUT_MALFORMED` for what is no key of this length. */
export function parseSealedRsaKey(plain: Uint8Array, modulusBits: number): RsaKey {
  try {
    const parts = parseTlvs(parseOnlyTlv(plain, TAG.key, PLACE), PLACE);
    const publicKey = requireTlv(parts, TAG.publicKey, PLACE).slice();
    const modulus = requireTlv(parts, TAG.modulus, PLACE).slice();
    const privateExponent = requireTlv(parts, TAG.privateExponent, PLACE).slice();
    const info = parsePublicKeyInfo(publicKey);
    const isWhole = info.type === 'rsa' && info.modulusBits === modulusBits;
    const lengthBytes = Math.ceil(modulusBits / 8);
    if (isWhole && modulus.length === lengthBytes && privateExponent.length === lengthBytes) {
      return { publicKey, modulus, privateExponent };
    }
    throw new MalformedError(PLACE, `is none of ${modulusBits} bits`);
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('INPUT_MALFORMED', PLACE, [cause.reason], { cause });
  }
}
