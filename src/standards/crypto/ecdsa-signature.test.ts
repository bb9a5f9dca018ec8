import fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { decodeEcdsaSignature, encodeEcdsaSignature } from './ecdsa-signature';

it('keeps the sign bit clear and drops leading zeros', () => {
  const plain = decodeHex('00000001 80000000');
  expect(encodeHex(encodeEcdsaSignature(plain))).toBe('300A0201010205' + '0080000000');
});

it('is undone by decoding, at every size', () => {
  const scalar = (bytes: number): fc.Arbitrary<Uint8Array> =>
    fc
      .uint8Array({ minLength: bytes, maxLength: bytes })
      .filter((value) => value.some((byte) => byte !== 0));
  const plain = fc
    .constantFrom(20, 28, 32, 48, 64, 66)
    .chain((bytes) => fc.tuple(scalar(bytes), scalar(bytes)));
  fc.assert(
    fc.property(plain, ([r, s]) => {
      const whole = new Uint8Array([...r, ...s]);
      expect(decodeEcdsaSignature(encodeEcdsaSignature(whole), r.length)).toEqual(whole);
    }),
  );
});

it.each([
  ['is longer than', '3007020101020201FF', 1],
  ['is zero', '3006020100020101', 1],
  ['more than two', '3009020101020101020101', 1],
  ['is negative', '3006020180020101', 1],
  ['is missing', '3003020101', 1],
  ['where 30 belongs', '0403020101', 1],
])('refuses a signature that %s', (reason, hex, orderBytes) => {
  expect(() => decodeEcdsaSignature(decodeHex(hex), orderBytes)).toThrow(reason);
});

it('refuses a plain signature that does not halve', () => {
  expect(() => encodeEcdsaSignature(new Uint8Array(63))).toThrow('halve');
  expect(() => encodeEcdsaSignature(new Uint8Array())).toThrow('halve');
});
