import { generateKeyPairSync } from 'node:crypto';
import { decodeBigUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { CURVE_NAMES, CURVES } from '../crypto/curve-parameters';
import { readPrivateKeyNumbers } from './private-key-numbers';

const pkcs8 = { format: 'der', type: 'pkcs8' } as const;

test.each(CURVE_NAMES)('a key on %s: the scalar is as long as the order', (name) => {
  const curve = CURVES[name];
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve.opensslName });
  const numbers = readPrivateKeyNumbers(privateKey.export(pkcs8));
  expect(numbers).toMatchObject({ type: 'ec' });
  const { d = '' } =
    name.startsWith('P-') && name !== 'P-192' && name !== 'P-224'
      ? privateKey.export({ format: 'jwk' })
      : {};
  if (numbers.type !== 'ec') throw new Error('an EC key');
  expect(numbers.privateScalar).toHaveLength(curve.orderBytes);
  if (d !== '') {
    expect(decodeBigUint(numbers.privateScalar)).toBe(decodeBigUint(Buffer.from(d, 'base64url')));
  }
});

test('an RSA key: the exponent is as long as the modulus', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const numbers = readPrivateKeyNumbers(privateKey.export(pkcs8));
  const { d = '', n = '' } = privateKey.export({ format: 'jwk' });
  expect(numbers).toMatchObject({
    type: 'rsa',
    modulus: new Uint8Array(Buffer.from(n, 'base64url')),
  });
  if (numbers.type !== 'rsa') throw new Error('an RSA key');
  expect(numbers.privateExponent).toHaveLength(128);
  expect(decodeBigUint(numbers.privateExponent)).toBe(decodeBigUint(Buffer.from(d, 'base64url')));
});

test('what is no such key is refused', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  expect(() => readPrivateKeyNumbers(privateKey.export(pkcs8))).toThrow(MalformedError);
  expect(() => readPrivateKeyNumbers(Uint8Array.of(0x30, 0))).toThrow(MalformedError);
});
