import { equalBytes } from '../bytes/compare';
import { decodeHex } from '../bytes/hex';
import { encryptAesEcb } from '../crypto/aes';
import { encryptTripleDesEcb } from '../crypto/triple-des';
import { type CardKeyCipher, kcvBlock } from './key-check-value';

/** Keys printed in standards, data sheets and test suites; whoever can read has them. */
const PRINTED = [
  // FIPS 197, SP 800-38A and SP 800-38B: AES-128, -192 and -256.
  '2B7E151628AED2A6ABF7158809CF4F3C',
  '8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B',
  '603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4',
  // SP 800-67 and its like: the DES key of every textbook, and its mirror image.
  '0123456789ABCDEFFEDCBA9876543210',
  '0123456789ABCDEF23456789ABCDEF01',
  '0123456789ABCDEF0123456789ABCDEF',
  // Delivery keys of makers, as their manuals print them.
  '47454D5850524553534F53414D504C45',
  'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF',
  // Worked examples of SCP03 that go round with open terminals.
  '401122334445566748494A4B4C4D4E4F',
  '9876543210404142434445464748494A',
  '100102030405060708090A0B0C0D0E0F',
  '101102030405060708090A0B0C0D0E0F',
  '102102030405060708090A0B0C0D0E0F',
  // RFC 3394.
  '00112233445566778899AABBCCDDEEFF',
  '00112233445566778899AABBCCDDEEFF0001020304050607',
  '00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F',
  // DES keys of which each half is weak: encrypting twice gives the plaintext [SP 800-67 §3].
  'FEFEFEFEFEFEFEFE0101010101010101',
  '0101010101010101FEFEFEFEFEFEFEFE',
  'E0E0E0E0F1F1F1F11F1F1F1F0E0E0E0E',
  '1F1F1F1F0E0E0E0EE0E0E0E0F1F1F1F1',
  'E0E0E0E0F1F1F1F1E0E0E0E0F1F1F1F1',
  '1F1F1F1F0E0E0E0E1F1F1F1F0E0E0E0E',
] as const;

/**
 * Whether a key is one that everybody knows: a byte again and again (00…, FF…, the weak 01…), bytes
 * that count up or down (00 01 02 …, 40 41 42 …, the delivery key of laboratories), or a printed
 * one. The key itself is not needed, so that it need not leave its HSM [GPC-C §B.6].
 *
 * @param checkBlock the encryption of `kcvBlock`, all of it, under the key
 * @param lengthBytes of the key
 */
export function isPublishedKey(
  cipher: CardKeyCipher,
  lengthBytes: number,
  checkBlock: Uint8Array,
): boolean {
  const encipher = cipher === 'aes' ? encryptAesEcb : encryptTripleDesEcb;
  return candidates(lengthBytes).some((key) =>
    equalBytes(encipher(key, kcvBlock(cipher)), checkBlock),
  );
}

function candidates(lengthBytes: number): readonly Uint8Array[] {
  const patterns = [0, 1, -1].flatMap((step) =>
    Array.from({ length: 256 }, (_, first) =>
      Uint8Array.from({ length: lengthBytes }, (_byte, index) => first + step * index),
    ),
  );
  const printed = PRINTED.filter((hex) => hex.length === 2 * lengthBytes);
  return [...patterns, ...printed.map((hex) => decodeHex(hex))];
}
