import fc from 'fast-check';
import { encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import {
  derBitString,
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derRetag,
  derSequence,
  derSetOf,
  derTime,
  derUtcTime,
  derUtf8String,
} from './der';
import { decodeOidValue } from './oid';
import {
  derChildren,
  parseDer,
  readBitString,
  readInteger,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readText,
  readTime,
} from './read';

const hex = (bytes: Uint8Array): string => encodeHex(bytes);

test('values take the bytes that X.690 prescribes', () => {
  expect(hex(derInteger(0))).toBe('020100');
  expect(hex(derInteger(127))).toBe('02017F');
  expect(hex(derInteger(128))).toBe('02020080');
  expect(hex(derInteger(Uint8Array.of(0, 0, 0x80)))).toBe('02020080');
  expect(hex(derBoolean(true))).toBe('0101FF');
  expect(hex(derNull)).toBe('0500');
  expect(hex(derBitString(Uint8Array.of(0xf0), 4))).toBe('030204F0');
  expect(hex(derNamedBits(0))).toBe('03020780');
  expect(hex(derNamedBits(5, 6))).toBe('03020106');
  expect(hex(derContext(0, derInteger(2)))).toBe('A003020102');
  expect(hex(derContextPrimitive(2, Uint8Array.of(1)))).toBe('820101');
  expect(hex(derRetag(0x31, Uint8Array.of(0xa0, 0)))).toBe('3100');
  expect(hex(derSetOf(derInteger(9), derInteger(3)))).toBe('3106020103020109');
});

test('the object identifier of the security object is that of Doc 9303-10', () => {
  expect(hex(derOid('2.23.136.1.1.1'))).toBe('060667810801 0101'.replaceAll(' ', ''));
  expect(decodeOidValue(derOid('0.4.0.127.0.7.2.2.4.2.2').subarray(2))).toBe(
    '0.4.0.127.0.7.2.2.4.2.2',
  );
  expect(() => derOid('3.1')).toThrow(RangeError);
  expect(() => decodeOidValue(Uint8Array.of(0x67, 0x81))).toThrow('does not end');
  expect(() => decodeOidValue(Uint8Array.of(0x67, 0x80, 0x01))).toThrow('an arc is not minimal');
});

test('times are UTCTime through 2049 and GeneralizedTime afterwards', () => {
  const summer = new Date('2031-07-01T12:30:05Z');
  expect(hex(derUtcTime(summer)).startsWith('170D')).toBe(true);
  for (const date of [summer, new Date('1950-01-01T00:00:00Z'), new Date('2050-01-01T00:00:00Z')]) {
    expect(readTime(parseDer(derTime(date), 'time'), 'time')).toEqual(date);
  }
  expect(derTime(new Date('2050-01-01T00:00:00Z'))[0]).toBe(0x18);
  expect(readTime(parseDer(derGeneralizedTime(summer), 'time'), 'time')).toEqual(summer);
  expect(() => readTime(parseDer(derUtf8String('2031'), 'time'), 'time')).toThrow(
    'no time with seconds and Z',
  );
  expect(() => derUtcTime(new Date('2050-01-01T00:00:00Z'))).toThrow(RangeError);
});

test('what was built is read again', () => {
  const built = derSequence(
    derInteger(258n),
    derOid('1.2.840'),
    derSetOf(derUtf8String('Huế')),
    derBitString(Uint8Array.of(1)),
  );
  const [integer, oid, set, bits] = readSequence(parseDer(built, 'test'), 'test');
  expect(readSmallInteger(integer, 'n')).toBe(258);
  expect(readOid(oid, 'oid')).toBe('1.2.840');
  expect(readText(readSet(set, 'set')[0], 'text')).toBe('Huế');
  expect(readBitString(bits, 'bits')).toEqual(Uint8Array.of(1));
});

test.each([
  ['02028001', (bytes: Uint8Array) => readInteger(parseDer(bytes, 'n'), 'n'), 'is negative'],
  [
    '02020001',
    (bytes: Uint8Array) => readInteger(parseDer(bytes, 'n'), 'n'),
    'needless leading zeros',
  ],
  ['0200', (bytes: Uint8Array) => readInteger(parseDer(bytes, 'n'), 'n'), 'empty INTEGER'],
  ['308100', (bytes: Uint8Array) => parseDer(bytes, 'n'), 'not minimal (BER, not DER)'],
  ['3000FF', (bytes: Uint8Array) => parseDer(bytes, 'n'), '1 bytes follow after its end'],
  ['0400', (bytes: Uint8Array) => derChildren(parseDer(bytes, 'n')), 'is not constructed'],
  [
    '0400',
    (bytes: Uint8Array) => readSequence(parseDer(bytes, 'n'), 'n'),
    'tag 04 where 30 belongs',
  ],
])('%s is refused', (input, read, reason) => {
  expect(() => read(new Uint8Array(Buffer.from(input, 'hex')))).toThrow(reason);
});

test('a character outside PrintableString is our own fault and says so', () => {
  expect(() => derPrintableString('Hà Nội')).toThrow(RangeError);
  expect(hex(derOctetString(new Uint8Array()))).toBe('0400');
});

test('random bytes give a value or a refusal, nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        expect(parseDer(bytes, 'test').raw.length).toBe(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
