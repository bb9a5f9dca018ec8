import fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { encodeCommand, parseCommand } from './command';
import { encodeResponse, parseResponse } from './response';
import { describeSw, SW } from './status-words';

const header = { cla: 0x00, ins: 0xb0, p1: 0x01, p2: 0x02 };

test.each([
  [{ ...header }, '00B00102'],
  [{ ...header, le: 256 }, '00B0010200'],
  [{ ...header, data: Uint8Array.of(7) }, '00B001020107'],
  [{ ...header, data: Uint8Array.of(7), le: 8 }, '00B00102010708'],
  [{ ...header, le: 257 }, '00B00102000101'],
  [{ ...header, le: 65_536 }, '00B00102000000'],
  [{ ...header, data: Uint8Array.of(7), le: 65_536 }, '00B00102000001070000'],
])('%p is %s', (command, expected) => {
  expect(encodeHex(encodeCommand(command))).toBe(expected);
  expect(parseCommand(decodeHex(expected))).toEqual(command);
});

test('commands go there and back', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 1000 }),
      fc.integer({ min: 1, max: 65_536 }),
      (data, le) => {
        expect(parseCommand(encodeCommand({ ...header, data, le }))).toEqual({
          ...header,
          data,
          le,
        });
      },
    ),
  );
  expect(() => encodeCommand({ ...header, le: 65_537 })).toThrow(RangeError);
});

test('random bytes give a command or a refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        expect(encodeCommand(parseCommand(bytes)).length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});

test('a response without a status word is a card that was pulled', () => {
  expect(parseResponse(decodeHex('01029000'))).toEqual({ data: Uint8Array.of(1, 2), sw: SW.ok });
  expect(encodeHex(encodeResponse({ data: Uint8Array.of(1), sw: 0x6282 }))).toBe('016282');
  expect(() => parseResponse(new Uint8Array())).toThrow('0 bytes came back, no status word');
});

test.each([
  [0x9000, '9000 (done)'],
  [0x63c2, '63C2 (authentication failed, 2 tries left)'],
  [0x6c12, '6C12 (Le must be 18)'],
  [0x6a82, '6A82 (file or application not found)'],
  [0x6fab, '6FAB'],
])('%i reads %s', (sw, text) => {
  expect(describeSw(sw)).toBe(text);
});
