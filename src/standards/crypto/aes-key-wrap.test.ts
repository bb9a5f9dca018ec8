import { decodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { unwrapAesKey, unwrapPadded, wrapAesKey } from './aes-key-wrap';

const kek = (bytes: number) => Uint8Array.from({ length: bytes }, (_, index) => index);
const key = decodeHex('00112233445566778899AABBCCDDEEFF');
const longKey = decodeHex('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F');

// RFC 3394 sections 4.1, 4.2, 4.3 and 4.6.
test.each([
  [16, key, '1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5'],
  [24, key, '96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D'],
  [32, key, '64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7'],
  [32, longKey, '28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21'],
])('under a key of %i bytes, as the RFC has it', (bytes, plain, wrapped) => {
  expect(wrapAesKey(kek(bytes), plain)).toEqual(decodeHex(wrapped));
  expect(unwrapAesKey(kek(bytes), decodeHex(wrapped))).toEqual(plain);
});

test('refuses what was changed, cut, or wrapped under another key', () => {
  const wrapped = wrapAesKey(kek(16), key);
  const attempt = (under: Uint8Array, bytes: Uint8Array) => () => unwrapAesKey(under, bytes);
  expect(attempt(kek(16), wrapped.with(3, 0))).toThrow(MalformedError);
  expect(attempt(kek(24), wrapped)).toThrow(MalformedError);
  expect(attempt(kek(16), wrapped.subarray(0, 16))).toThrow(MalformedError);
  expect(attempt(kek(16), wrapped.subarray(1))).toThrow(MalformedError);
  expect(() => wrapAesKey(kek(16), key.subarray(1))).toThrow(RangeError);
  expect(() => wrapAesKey(kek(15), key)).toThrow(RangeError);
});

// RFC 5649 section 6.
test.each([
  [
    'C37B7E6492584340BED12207808941155068F738',
    '138BDEAA9B8FA7FC61F97742E72248EE5AE6AE5360D1AE6A5F54F373FA543B6A',
  ],
  ['466F7250617369', 'AFBEB0F07DFBF5419200F2CCB50BB24F'],
])('what was wrapped with padding comes out, as the RFC has it', (plain, wrapped) => {
  const under = decodeHex('5840DF6E29B02AF1AB493B705BF16EA1AE8338F4DCC176A8');
  expect(unwrapPadded(under, decodeHex(wrapped))).toEqual(decodeHex(plain));
  expect(() => unwrapPadded(under, decodeHex(wrapped).with(8, 0))).toThrow(MalformedError);
  expect(() => unwrapPadded(under, decodeHex(wrapped).subarray(1))).toThrow(MalformedError);
});
