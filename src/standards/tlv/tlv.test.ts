import fc from 'fast-check';
import { MalformedError } from '../bytes/malformed';
import {
  encodeTlv,
  findTlv,
  formatTag,
  parseOnlyTlv,
  parseTlv,
  parseTlvHeader,
  parseTlvs,
  requireTlv,
} from './tlv';

const tags = fc.constantFrom(0x02, 0x30, 0x5c, 0x77, 0x5f1f, 0x7f61, 0xa1, 0x5f8101);

test('data objects go there and back with every form of length', () => {
  fc.assert(
    fc.property(tags, fc.uint8Array({ maxLength: 70_000 }), (tag, value) => {
      const tlv = parseTlv(encodeTlv(tag, value), 'test');
      expect(tlv.tag).toBe(tag);
      expect(tlv.value).toEqual(value);
    }),
    { numRuns: 60 },
  );
  expect(parseTlvHeader(encodeTlv(0x75, new Uint8Array(0x1_2345)).subarray(0, 5), 'DG2')).toEqual({
    tag: 0x75,
    lengthBytes: 0x1_2345,
    headerBytes: 5,
  });
});

test('random bytes give objects or a refusal, nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        const length = parseTlvs(bytes, 'test').reduce((sum, tlv) => sum + tlv.raw.length, 0);
        expect(length).toBe(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});

test.each([
  ['6104', 'tag 61 says 4 bytes, 0 are there'],
  ['5F', 'ends inside a tag or length'],
  ['6180', 'a length is indefinite'],
  ['61850000000001', 'a length has more than 4 bytes'],
  ['5FFFFFFFFF01', 'a tag is longer than 4 bytes'],
])('%s is refused: %s', (hex, reason) => {
  expect(() => parseTlv(new Uint8Array(Buffer.from(hex, 'hex')), 'EF.COM')).toThrow(reason);
});

test('an only object has its tag and nothing behind it', () => {
  expect(parseOnlyTlv(Uint8Array.of(0x60, 1, 9), 0x60, 'EF.COM')).toEqual(Uint8Array.of(9));
  expect(() => parseOnlyTlv(Uint8Array.of(0x61, 0), 0x60, 'EF.COM')).toThrow(
    'tag 61 where 60 belongs',
  );
  expect(() => parseOnlyTlv(Uint8Array.of(0x60, 0, 0), 0x60, 'EF.COM')).toThrow(
    '1 bytes follow after its end',
  );
});

test('objects are found by tag', () => {
  const tlvs = parseTlvs(Uint8Array.of(0x5f, 0x1f, 1, 7, 0x02, 0), 'test');
  expect(findTlv(tlvs, 0x5f1f)).toEqual(Uint8Array.of(7));
  expect(findTlv(tlvs, 0x5c)).toBeUndefined();
  expect(() => requireTlv(tlvs, 0x5c, 'EF.COM')).toThrow('EF.COM: tag 5C is missing');
  expect(formatTag(0x02)).toBe('02');
});
