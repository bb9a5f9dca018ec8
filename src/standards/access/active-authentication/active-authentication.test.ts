import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { derivePublicKey } from '../../crypto/agreement-group';
import { CURVE_NAMES, CURVES } from '../../crypto/curve-parameters';
import type { DigestName } from '../../crypto/digest-algorithms';
import { ecGroup } from '../../crypto/ec-group';
import { signEcdsaPlain } from '../../crypto/ecdsa';
import { encodeEcdsaSignature } from '../../crypto/ecdsa-signature';
import { PLAIN_ECDSA_OIDS, type SecurityInfo } from '../../lds/security-infos';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../../pki/subject-public-key-info';
import { seededRandom } from '../testing/seeded-random';
import {
  activeAuthenticationRandomBytes,
  signActiveAuthenticationRsa,
} from './sign-active-authentication';
import { verifyActiveAuthentication } from './verify-active-authentication';

const CHALLENGE = seededRandom('challenge').bytes(8);
const DIGESTS: readonly DigestName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

function rsaKey(bits: number) {
  const { n = '', d = '' } = generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({
    format: 'jwk',
  });
  const modulus = new Uint8Array(Buffer.from(n, 'base64url'));
  const privateExponent = new Uint8Array(Buffer.from(d, 'base64url'));
  return { modulus, privateExponent };
}

function verify(publicKey: Uint8Array, signature: Uint8Array, infos: readonly SecurityInfo[] = []) {
  return verifyActiveAuthentication({
    publicKey,
    securityInfos: infos,
    challenge: CHALLENGE,
    signature,
  });
}

describe.each([1024, 1536])('Active Authentication with RSA-%i', (bits) => {
  const key = rsaKey(bits);
  const publicKey = encodeRsaPublicKey({ modulus: key.modulus, publicExponent: 65_537 });
  const sign = (digest: DigestName, form: 'B.4' | 'B.6' = 'B.6', seed = 'm1') =>
    signActiveAuthenticationRsa(
      {
        ...key,
        digest,
        form,
        random: seededRandom(seed).bytes(activeAuthenticationRandomBytes(key.modulus, digest)),
      },
      CHALLENGE,
    );

  it.each(DIGESTS)('accepts the trailer of %s in both forms', (digest) => {
    // Several, so that form B.4 takes each of its two values at least once.
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      for (const form of ['B.4', 'B.6'] as const) {
        expect(verify(publicKey, sign(digest, form, seed))).toEqual({ valid: true, digest });
      }
    }
  });

  it('refuses the signature for another challenge', () => {
    const verdict = verifyActiveAuthentication({
      publicKey,
      securityInfos: [],
      challenge: new Uint8Array(8),
      signature: sign('sha256'),
    });
    expect(verdict).toEqual({ valid: false, failure: 'signature' });
  });

  it('refuses any flipped bit', () => {
    const signature = sign('sha256');
    fc.assert(
      fc.property(fc.nat(signature.length * 8 - 1), (bit) => {
        const altered = signature.slice();
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (0x80 >> (bit % 8));
        expect(verify(publicKey, altered).valid).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a signature of another length', () => {
    expect(verify(publicKey, sign('sha1').subarray(1))).toEqual({
      valid: false,
      failure: 'length',
    });
  });

  it('refuses what another key signed', () => {
    const other = rsaKey(bits);
    const otherKey = encodeRsaPublicKey({ modulus: other.modulus, publicExponent: 65_537 });
    expect(verify(otherKey, sign('sha256')).valid).toBe(false);
  });
});

describe.each(CURVE_NAMES)('Active Authentication with ECDSA on %s', (name) => {
  const curve = CURVES[name];
  const privateKey = seededRandom(name).bytes(curve.orderBytes);
  const point = derivePublicKey(ecGroup(curve), privateKey);
  const publicKey = encodeEcPublicKey({ curve, point, parameters: 'explicit' });
  const nonce = seededRandom(`${name} nonce`).bytes(curve.orderBytes + 8);
  const info = (digest: keyof typeof PLAIN_ECDSA_OIDS): SecurityInfo => ({
    kind: 'active-authentication',
    version: 1,
    signatureAlgorithm: PLAIN_ECDSA_OIDS[digest],
  });

  it('accepts every digest that DG14 can name, and only the one it names', () => {
    for (const digest of ['sha224', 'sha256', 'sha384', 'sha512'] as const) {
      const signature = signEcdsaPlain({ curve, digest, privateKey, nonce }, CHALLENGE);
      expect(verify(publicKey, signature, [info(digest)])).toEqual({ valid: true, digest });
      const other = digest === 'sha256' ? 'sha384' : 'sha256';
      expect(verify(publicKey, signature, [info(other)]).valid).toBe(false);
    }
  });

  it('takes SHA-1 and X9.62 identifiers of chips in the field, and tells DER from plain', () => {
    const named = (signatureAlgorithm: string): SecurityInfo[] => [
      { kind: 'active-authentication', version: 1, signatureAlgorithm },
    ];
    const sign = (digest: DigestName) =>
      signEcdsaPlain({ curve, digest, privateKey, nonce }, CHALLENGE);
    expect(verify(publicKey, sign('sha1'), named('0.4.0.127.0.7.1.1.4.1.1'))).toEqual({
      valid: true,
      digest: 'sha1',
    });
    const sha256 = named('1.2.840.10045.4.3.2');
    expect(verify(publicKey, sign('sha256'), sha256)).toEqual({ valid: true, digest: 'sha256' });
    const der = encodeEcdsaSignature(sign('sha256'));
    expect(verify(publicKey, der, sha256)).toEqual({ valid: false, failure: 'der-encoded' });
    expect(verify(publicKey, encodeEcdsaSignature(sign('sha1')), sha256).valid).toBe(false);
  });

  it('refuses altered and cut signatures, and a DG14 that names no digest', () => {
    const signature = signEcdsaPlain({ curve, digest: 'sha256', privateKey, nonce }, CHALLENGE);
    const infos = [info('sha256')];
    for (const index of [0, curve.orderBytes, signature.length - 1]) {
      const altered = signature.slice();
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(verify(publicKey, altered, infos)).toEqual({ valid: false, failure: 'signature' });
    }
    expect(verify(publicKey, signature.subarray(2), infos)).toMatchObject({ failure: 'length' });
    expect(verify(publicKey, signature)).toMatchObject({ failure: 'algorithm-missing' });
  });
});
