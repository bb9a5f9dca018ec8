import { createECDH } from 'node:crypto';
import fc from 'fast-check';
import { decodeBigUint, encodeUint } from '../bytes/integer';
import {
  agreeOnElement,
  derivePrivateKey,
  derivePublicKey,
  InvalidPublicKeyError,
  privateKeyRandomBytes,
} from './agreement-group';
import { CURVE_NAMES, CURVES } from './curve-parameters';
import { ecGroup } from './ec-group';

function reasonOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidPublicKeyError) return error.reason;
    throw error;
  }
  return undefined;
}

describe.each(CURVE_NAMES)('points of %s', (name) => {
  const curve = CURVES[name];
  const group = ecGroup(curve);

  it('agree with OpenSSL on public keys and shared secrets', () => {
    const own = createECDH(curve.opensslName);
    own.generateKeys();
    const other = createECDH(curve.opensslName);
    other.generateKeys();
    const privateKey = own.getPrivateKey();
    expect(derivePublicKey(group, privateKey)).toEqual(new Uint8Array(own.getPublicKey()));
    const element = agreeOnElement(group, privateKey, new Uint8Array(other.getPublicKey()));
    expect(group.sharedSecret(element)).toEqual(
      new Uint8Array(own.computeSecret(other.getPublicKey())),
    );
  });

  it('that are not valid are refused', () => {
    const { generator } = group;
    const off = generator.slice();
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
    const compressed = Uint8Array.of(2, ...generator.subarray(1, 1 + curve.fieldBytes));
    const tooLarge = Uint8Array.of(4, ...new Uint8Array(2 * curve.fieldBytes).fill(0xff));
    expect(reasonOf(() => group.multiply(off, 2n))).toBe('not-in-group');
    expect(reasonOf(() => group.multiply(tooLarge, 2n))).toBe('not-in-group');
    expect(reasonOf(() => group.multiply(new Uint8Array(generator.length), 2n))).toBe('encoding');
    expect(reasonOf(() => group.multiply(compressed, 2n))).toBe('encoding');
    expect(reasonOf(() => group.multiply(Uint8Array.of(0), 2n))).toBe('encoding');
    expect(reasonOf(() => group.multiply(generator, curve.n))).toBe('neutral');
  });

  it('add up to infinity only where that is refused', () => {
    const two = group.multiply(group.generator, 2n);
    const minusTwo = group.multiply(group.generator, curve.n - 2n);
    expect(reasonOf(() => group.combine(two, minusTwo))).toBe('neutral');
    expect(group.combine(two, group.generator)).toEqual(group.multiply(group.generator, 3n));
  });

  it('come from field elements wherever integrated mapping is defined', () => {
    const map = (element: bigint) => group.mapFieldElement(element);
    if (name === 'P-224') {
      expect(() => map(5n)).toThrow(RangeError);
      return;
    }
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: curve.p - 2n }), (element) => {
        expect(reasonOf(() => group.sharedSecret(map(element)))).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});

it('makes private keys between one and the order', () => {
  const group = ecGroup(CURVES['P-256']);
  const length = privateKeyRandomBytes(group);
  for (const fill of [0x00, 0xff]) {
    const key = decodeBigUint(derivePrivateKey(group, new Uint8Array(length).fill(fill)));
    expect(key > 0n && key < group.order).toBe(true);
  }
  const last = encodeUint(group.order - 1n, length);
  expect(decodeBigUint(derivePrivateKey(group, last))).toBe(1n);
  expect(() => derivePrivateKey(group, new Uint8Array(length - 1))).toThrow(RangeError);
});
