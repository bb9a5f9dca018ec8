import { createECDH, createPublicKey, publicEncrypt, constants } from 'node:crypto';
import { decodeBigUint } from '../../standards/bytes/integer';
import { CURVES } from '../../standards/crypto/curve-parameters';
import { parsePublicKeyInfo } from '../../standards/pki/subject-public-key-info';
import { chipKeyMaker } from './chip-key-maker';

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

test.each([1024, 2048])('RSA-%i: the private exponent undoes the public key', async (bits) => {
  const made = await chipKeyMaker.makeRsa(bits);
  expect([made.modulus.length, made.privateExponent.length]).toEqual([bits / 8, bits / 8]);
  expect(parsePublicKeyInfo(made.publicKey)).toMatchObject({ type: 'rsa', modulusBits: bits });
  const key = createPublicKey({ key: Buffer.from(made.publicKey), format: 'der', type: 'spki' });
  const plain = Buffer.alloc(bits / 8, 1);
  const encrypted = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, plain);
  const decrypted = power(
    decodeBigUint(encrypted),
    decodeBigUint(made.privateExponent),
    decodeBigUint(made.modulus),
  );
  expect(decrypted).toBe(decodeBigUint(plain));
});

test.each(['P-256', 'brainpoolP256r1', 'brainpoolP384r1', 'P-521'] as const)(
  '%s: the scalar belongs to the point, in explicit parameters',
  async (name) => {
    const made = await chipKeyMaker.makeEc(name);
    expect(made.privateScalar).toHaveLength(CURVES[name].orderBytes);
    const ecdh = createECDH(CURVES[name].opensslName);
    ecdh.setPrivateKey(made.privateScalar);
    expect(parsePublicKeyInfo(made.publicKey)).toMatchObject({
      type: 'ec',
      parameters: 'explicit',
      curve: { name },
      point: new Uint8Array(ecdh.getPublicKey()),
    });
  },
);

test('two keys are never the same', async () => {
  const [first, second] = await Promise.all([
    chipKeyMaker.makeEc('P-256'),
    chipKeyMaker.makeEc('P-256'),
  ]);
  expect(first.privateScalar).not.toEqual(second.privateScalar);
});

test('a curve that does not exist is the profile’s fault', async () => {
  await expect(chipKeyMaker.makeEc('curve25519')).rejects.toMatchObject({
    code: 'PROFILE_INVALID',
  });
});
