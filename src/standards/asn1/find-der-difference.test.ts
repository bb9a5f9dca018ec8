import { MalformedError } from '../bytes/malformed';
import { derInteger, derOctetString, derSequence } from './der';
import { findDerDifference } from './find-der-difference';

const value = (number: number, signature: readonly number[], more: readonly Uint8Array[] = []) =>
  derSequence(
    derSequence(derInteger(number), ...more),
    derSequence(derInteger(1), derOctetString(Uint8Array.from(signature))),
  );

test('a signature of another length is no difference, whatever lengths stand above it', () => {
  const long = Array.from({ length: 300 }, () => 7);
  expect(findDerDifference(value(1, [1]), value(1, long), [1, -1])).toBeUndefined();
});

test.each([
  ['another value', value(2, [1]), '0'],
  ['a member more', value(1, [1], [derInteger(9)]), '0'],
  ['another number of members', derSequence(derSequence(derInteger(1))), ''],
  [
    'another tag beside the signature',
    derSequence(
      derSequence(derInteger(1)),
      derSequence(derOctetString(Uint8Array.of(1)), derOctetString(Uint8Array.of(1))),
    ),
    '1.0',
  ],
])('%s is found', (_, other, place) => {
  expect(findDerDifference(value(1, [1]), other, [1, -1])).toBe(place);
});

test('what is no DER is refused', () => {
  expect(() => findDerDifference(value(1, [1]), Uint8Array.of(0x30), [0])).toThrow(MalformedError);
});
