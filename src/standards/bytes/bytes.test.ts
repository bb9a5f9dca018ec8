import fc from 'fast-check';
import { compareBytes, equalBytes } from './compare';
import { concatBytes } from './concat';
import { decodeHex, encodeHex } from './hex';
import { decodeBigUint, decodeUint, encodeMinimalUint, encodeUint } from './integer';
import { MalformedError } from './malformed';
import { decodeAscii, decodeUtf8, encodeAscii, encodeUtf8 } from './text';

test('hexadecimal goes there and back, with white space allowed', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
    }),
  );
  expect(decodeHex('00 a4\n04 0C')).toEqual(Uint8Array.of(0x00, 0xa4, 0x04, 0x0c));
});

test('hexadecimal that is not is refused with its position', () => {
  expect(() => decodeHex('00 G1')).toThrow(
    new MalformedError('hexadecimal text', 'a character is not a hexadecimal digit', 2),
  );
  expect(() => decodeHex('001', 'key')).toThrow('key: an odd number of digits');
});

test('integers take as many bytes as asked, or as few as they need', () => {
  expect(encodeUint(0x0102, 4)).toEqual(Uint8Array.of(0, 0, 1, 2));
  expect(() => encodeUint(0x1_0000, 2)).toThrow(RangeError);
  expect(() => encodeUint(-1, 2)).toThrow(RangeError);
  expect(encodeMinimalUint(0)).toEqual(Uint8Array.of(0));
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 300n }), (value) => {
      expect(decodeBigUint(encodeMinimalUint(value))).toBe(value);
    }),
  );
  expect(() => decodeUint(new Uint8Array(7).fill(0xff))).toThrow('larger than 48 bits');
});

test('text is refused where its alphabet ends', () => {
  expect(decodeUtf8(encodeUtf8('Nguyễn Văn Được'))).toBe('Nguyễn Văn Được');
  expect(() => decodeUtf8(Uint8Array.of(0xc3), 'DG11, name')).toThrow('DG11, name: is not UTF-8');
  expect(decodeAscii(encodeAscii('VNM'))).toBe('VNM');
  expect(() => encodeAscii('Ư')).toThrow(RangeError);
  expect(() => decodeAscii(Uint8Array.of(0x41, 0xff))).toThrow('at byte 1');
});

test('comparison and concatenation', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  expect(compareBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBeLessThan(0);
  expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(
    Uint8Array.of(1, 2, 3),
  );
});
