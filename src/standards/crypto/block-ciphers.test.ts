import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { decryptAesCbc, decryptAesEcb, encryptAesCbc, encryptAesEcb } from './aes';
import { padIso, unpadIso } from './iso-padding';
import { modularInverse, modularPower } from './modular-arithmetic';
import { computeRetailMac } from './retail-mac';
import {
  decryptTripleDesCbc,
  decryptTripleDesEcb,
  encryptTripleDesCbc,
  encryptTripleDesEcb,
} from './triple-des';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('3DES', () => {
  it('with an 8 byte key is DES: the example of FIPS 46', () => {
    const key = decodeHex('133457799BBCDFF1');
    const plain = decodeHex('0123456789ABCDEF');
    expect(encodeHex(encryptTripleDesEcb(key, plain))).toBe('85E813540F0AB405');
  });

  it('decrypts what it encrypted, with keys of every length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 24),
        bytes(24),
        bytes(8),
        bytes(40),
        (size, k, iv, data) => {
          const key = k.subarray(0, size);
          const cbc = encryptTripleDesCbc(key, iv, data);
          expect(decryptTripleDesCbc(key, iv, cbc)).toEqual(data);
          expect(decryptTripleDesEcb(key, encryptTripleDesEcb(key, data))).toEqual(data);
        },
      ),
    );
  });

  it('refuses half blocks and other key lengths', () => {
    const key = new Uint8Array(16);
    const iv = new Uint8Array(8);
    expect(() => encryptTripleDesCbc(key, iv, new Uint8Array(7))).toThrow(RangeError);
    expect(() => decryptTripleDesEcb(key, new Uint8Array(9))).toThrow(RangeError);
    expect(() => encryptTripleDesCbc(new Uint8Array(10), iv, iv)).toThrow(RangeError);
    expect(() => computeRetailMac(new Uint8Array(24), iv)).toThrow(RangeError);
  });
});

describe('AES', () => {
  it('gives the figure of FIPS 197 appendix C.1', () => {
    const key = decodeHex('000102030405060708090A0B0C0D0E0F');
    const plain = decodeHex('00112233445566778899AABBCCDDEEFF');
    expect(encodeHex(encryptAesEcb(key, plain))).toBe('69C4E0D86A7B0430D8CDB78070B4C55A');
  });

  it('decrypts what it encrypted, with keys of every length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(16, 24, 32),
        bytes(32),
        bytes(16),
        bytes(48),
        (size, k, iv, d) => {
          const key = k.subarray(0, size);
          expect(decryptAesCbc(key, iv, encryptAesCbc(key, iv, d))).toEqual(d);
          expect(decryptAesEcb(key, encryptAesEcb(key, d))).toEqual(d);
        },
      ),
    );
  });

  it('refuses half blocks and other key lengths', () => {
    const iv = new Uint8Array(16);
    expect(() => encryptAesCbc(iv, iv, new Uint8Array(15))).toThrow(RangeError);
    expect(() => decryptAesEcb(iv, new Uint8Array(17))).toThrow(RangeError);
    expect(() => encryptAesEcb(new Uint8Array(20), iv)).toThrow(RangeError);
  });
});

describe('padding', () => {
  it('comes off again, and is always there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.constantFrom(8, 16), (data, block) => {
        const padded = padIso(data, block);
        expect(padded.length % block).toBe(0);
        expect(padded.length).toBeGreaterThan(data.length);
        expect(unpadIso(padded, 'test')).toEqual(data);
      }),
    );
  });

  it.each([[[]], [[0, 0]], [[0x80, 1, 0]]])('is missed in %j', (data) => {
    expect(() => unpadIso(Uint8Array.from(data), 'test')).toThrow('does not end with padding');
  });
});

describe('modular arithmetic', () => {
  it('agrees with plain powers', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1000n), fc.integer({ min: 0, max: 60 }), (base, exponent) => {
        expect(modularPower(base, BigInt(exponent), 10_007n)).toBe(
          base ** BigInt(exponent) % 10_007n,
        );
      }),
    );
  });

  it('inverts', () => {
    const prime = 2n ** 127n - 1n;
    const value = BigInt(`0x${createHash('sha1').update('x').digest('hex')}`);
    expect((modularInverse(value % prime, prime) * value) % prime).toBe(1n);
  });
});
