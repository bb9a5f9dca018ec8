import fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { transcodeBerToDer } from './ber-to-der';

const read = (hex: string) => {
  const reading = transcodeBerToDer(decodeHex(hex), 'test');
  return { ...reading, der: encodeHex(reading.der) };
};

test('DER comes back byte for byte', () => {
  const der = '300D06092A864886F70D01010B0500';
  expect(read(der)).toEqual({ der, deviations: [], trailingBytes: 0 });
});

test.each([
  ['an indefinite length', '30800201050000', '3003020105', ['indefinite-length']],
  ['a length longer than needed', '308103020105', '3003020105', ['long-length']],
  [
    'a string in parts',
    '2480040201020401030000',
    '0403010203',
    ['indefinite-length', 'constructed-string'],
  ],
  ['true as 01', '010101', '0101FF', ['boolean-value']],
])('%s is made DER and named', (_, ber, der, deviations) => {
  expect(read(ber)).toEqual({ der, deviations, trailingBytes: 0 });
});

test('a SET in another order is named and left as it stands', () => {
  expect(read('3106020102020101')).toMatchObject({
    der: '3106020102020101',
    deviations: ['set-order'],
  });
});

test('bytes behind the value are counted', () => {
  expect(read('0500FFFF').trailingBytes).toBe(2);
});

test.each([
  ['ends inside a tag or length', '30'],
  ['a length says 5 bytes, 1 are there', '300501'],
  ['an indefinite length has no end', '3080020105'],
  ['a primitive without length', '0480'],
  ['nests deeper than 32 levels', '3080'.repeat(40)],
])('refuses what %s', (reason, hex) => {
  expect(() => read(hex)).toThrow(reason);
});

test('random bytes are read or refused as malformed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        transcodeBerToDer(bytes, 'random');
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});

test('reading twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      let once: Uint8Array;
      try {
        once = transcodeBerToDer(bytes, 'random').der;
      } catch {
        return;
      }
      expect(encodeHex(transcodeBerToDer(once, 'again').der)).toBe(encodeHex(once));
    }),
  );
});
