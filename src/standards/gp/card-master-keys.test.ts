import { decodeHex } from '../bytes/hex';
import { encryptAesEcb } from '../crypto/aes';
import { encryptTripleDesEcb } from '../crypto/triple-des';
import { combineKeyComponents } from './key-components';
import { type CardKeyCipher, computeKcv, kcvBlock } from './key-check-value';
import { isPublishedKey } from './published-keys';

function isKnown(cipher: CardKeyCipher, keyHex: string): boolean {
  const key = decodeHex(keyHex);
  const encipher = cipher === 'aes' ? encryptAesEcb : encryptTripleDesEcb;
  return isPublishedKey(cipher, key.length, encipher(key, kcvBlock(cipher)));
}

test.each([
  ['the delivery key of laboratories', '404142434445464748494A4B4C4D4E4F'],
  ['the same for AES-256', '404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F'],
  ['zeros', '00000000000000000000000000000000'],
  ['ones', 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF'],
  ['counting from 00', '000102030405060708090A0B0C0D0E0F'],
  ['counting down', '0F0E0D0C0B0A09080706050403020100'],
  ['the key of SP 800-38A', '2B7E151628AED2A6ABF7158809CF4F3C'],
])('%s is a published AES key', (_, key) => expect(isKnown('aes', key)).toBe(true));

test.each([
  ['the delivery key of laboratories', '404142434445464748494A4B4C4D4E4F'],
  // DES looks at seven bits of each byte: with parity set the same key is spelt in another way.
  ['the same with odd parity', '404043434545464649494A4A4C4C4F4F'],
  ['the weak key', '01010101010101010101010101010101'],
  ['two weak halves', '1F1F1F1F0E0E0E0EE0E0E0E0F1F1F1F1'],
  ['the textbook key', '0123456789ABCDEFFEDCBA9876543210'],
])('%s is a published 3DES key', (_, key) => expect(isKnown('3des', key)).toBe(true));

test('a drawn key is not', () => {
  expect(isKnown('aes', '404142434445464748494A4B4C4D4E50')).toBe(false);
  expect(isKnown('3des', '8F3A5C1297D4E6B00B6E4D7921C5A3F8')).toBe(false);
});

test('a key is the exclusive-or of its components, and one of them tells nothing', () => {
  const first = decodeHex('0123456789ABCDEF0123456789ABCDEF');
  const second = decodeHex('FFFF0000FFFF0000FFFF0000FFFF0000');
  const third = decodeHex('000000000000000000000000000000FF');
  expect(combineKeyComponents([first, second, third])).toEqual(
    decodeHex('FEDC45677654CDEFFEDC45677654CD10'),
  );
  expect(() => combineKeyComponents([first])).toThrow(RangeError);
  expect(() => combineKeyComponents([first, second.subarray(1)])).toThrow(RangeError);
});

test('check values: AES of bytes 01, DES of zeros', () => {
  const key = decodeHex('404142434445464748494A4B4C4D4E4F');
  expect(computeKcv('aes', key)).toEqual(decodeHex('504A77'));
  expect(computeKcv('3des', key)).toEqual(decodeHex('8BAF47'));
});
