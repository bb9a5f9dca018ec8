import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '../bytes/concat';
import {
  answerChipAuthentication,
  runChipAuthentication,
} from '../access/chip-authentication/chip-authentication-session';
import {
  findChipAuthenticationAlgorithm,
  readChipAuthenticationKey,
} from '../access/chip-authentication/chip-authentication-protocol';
import { encodeEcPublicKey } from '../pki/subject-public-key-info';
import { derivePrivateKey, derivePublicKey } from './agreement-group';
import { CURVES, type ExplicitParameters } from './curve-parameters';
import { ecGroup } from './ec-group';
import { findSoundCurve } from './explicit-curve';
import { isProbablePrime } from './probable-prime';

/** FRP256v1 of ANSSI, which French chips have [JORF n°0241 of 16 October 2011]. */
const FRP256V1: ExplicitParameters = {
  p: 0xf1fd178c0b3ad58f10126de8ce42435b3961adbcabc8ca6de8fcf353d86e9c03n,
  a: 0xf1fd178c0b3ad58f10126de8ce42435b3961adbcabc8ca6de8fcf353d86e9c00n,
  b: 0xee353fca5428a9300d4aba754a44c00fdfec0c9ae4b1a1803075ed967b7bb73fn,
  gx: 0xb6b3d4c356c139eb31183d4749d423958c27d2dcaf98b70164c97a2dd98f5cffn,
  gy: 0x6142e0f7c8b204911f9271f0f3ecef8c2701c307e8e4c9e183115a1554062cfbn,
  n: 0xf1fd178c0b3ad58f10126de8ce42435b53dc67e140d2bf941ffdd459c6d655e1n,
};

function parametersOf({ p, a, b, n, Gx, Gy }: ReturnType<typeof secp256k1.Point.CURVE>) {
  return { p, a, b, n, gx: Gx, gy: Gy };
}

const OTHERS: readonly (readonly [string, ExplicitParameters])[] = [
  ['FRP256v1', FRP256V1],
  ['secp256k1', parametersOf(secp256k1.Point.CURVE())],
];

test.each(OTHERS)('%s is sound, and Chip Authentication runs over it', (_, parameters) => {
  const curve = findSoundCurve(parameters)!;
  const group = ecGroup(curve);
  const random = (fill: number) => new Uint8Array(group.orderBytes + 8).fill(fill);
  const staticPrivateKey = derivePrivateKey(group, random(7));
  const point = derivePublicKey(group, staticPrivateKey);
  const named = { ...CURVES['P-256'], ...curve };
  const spki = encodeEcPublicKey({ curve: named, point, parameters: 'explicit' });
  const key = readChipAuthenticationKey(spki);
  expect(key.group.name).toBe('curve of the chip, 256 bit');
  const algorithm = findChipAuthenticationAlgorithm('0.4.0.127.0.7.2.2.3.2.4')!;
  const run = runChipAuthentication({ algorithm, ...key }, derivePrivateKey(group, random(9)));
  expect(
    answerChipAuthentication({ group, staticPrivateKey }, algorithm.cipher, run.publicKey),
  ).toEqual(run.session);
  const outside = concatBytes(point.subarray(0, -1), Uint8Array.of((point.at(-1) ?? 0) ^ 1));
  expect(() => key.group.multiply(outside, 2n)).toThrow('is not an element of the group');
});

test.each(Object.values(CURVES))('$name is sound by the same rules', (curve) => {
  expect(findSoundCurve(curve)).toMatchObject({ p: curve.p, h: 1n, fieldBytes: curve.fieldBytes });
});

const { p, n, gy } = FRP256V1;
test.each<[string, Partial<ExplicitParameters>]>([
  ['a field that is none', { p: p - 2n }],
  ['a base point beside the curve', { gy: gy + 1n }],
  ['another curve under the same base point', { b: FRP256V1.b + 1n }],
  ['an order that is not prime', { n: n - 1n }],
  ['an order that is not that of the curve', { n: p + 2n ** 200n }],
  ['an order that is the prime of the field', { n: p }],
  ['coefficients beyond the field', { a: FRP256V1.a + p }],
  ['a point that is singular', { a: 0n, b: 0n }],
  ['a field of 64 bits', { p: 0xffffffffffffffc5n, n: 0xffffffffffffffc5n }],
])('%s is refused', (_, change) => {
  expect(findSoundCurve({ ...FRP256V1, ...change })).toBeUndefined();
});

test('a key over an unsound curve is no key for Chip Authentication', () => {
  const curve = { ...CURVES['P-256'], b: CURVES['P-256'].b + 1n };
  const point = new Uint8Array(65).fill(4);
  const spki = encodeEcPublicKey({ curve, point, parameters: 'explicit' });
  expect(() => readChipAuthenticationKey(spki)).toThrow(
    'domain parameters are those of no sound curve',
  );
});

test.each([
  [2n, true],
  [71n, true],
  [73n, true],
  [1n, false],
  [561n, false],
  [3_215_031_751n, false],
  [2n ** 127n - 1n, true],
  [(2n ** 61n - 1n) * (2n ** 89n - 1n), false],
])('%s is prime: %s', (candidate, isPrime) => {
  expect(isProbablePrime(candidate)).toBe(isPrime);
});
