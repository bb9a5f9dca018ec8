import { generateKeyPairSync } from 'node:crypto';
import { concatBytes } from '../../standards/bytes/concat';
import { MalformedError } from '../../standards/bytes/malformed';
import { encodeTlv } from '../../standards/tlv/tlv';
import { parsePublicKeyInfo } from '../../standards/pki/subject-public-key-info';
import type { ActiveAuthenticationCapability } from '../profile/chip';
import { parseGeneratedKey } from './parse-generated-key';

const EC: ActiveAuthenticationCapability = {
  ...{ algorithm: 'ecdsa', curve: 'P-256', digest: 'sha256', keyOrigin: 'chip' },
};
const RSA: ActiveAuthenticationCapability = {
  ...{ algorithm: 'rsa', modulusBits: 2048, digest: 'sha256', keyOrigin: 'chip' },
};

function coordinates(): Uint8Array {
  const { x = '', y = '' } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
  }).publicKey.export({ format: 'jwk' });
  return concatBytes(
    Uint8Array.of(4),
    new Uint8Array(Buffer.from(x, 'base64url')),
    new Uint8Array(Buffer.from(y, 'base64url')),
  );
}

const point = coordinates();
const ecAnswer = encodeTlv(0x7f49, encodeTlv(0x86, point));

function rsaAnswer(bits: number): Uint8Array {
  const { n = '' } = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({
    format: 'jwk',
  });
  const modulus = new Uint8Array(Buffer.from(n, 'base64url'));
  return encodeTlv(0x7f49, encodeTlv(0x81, modulus), encodeTlv(0x82, Uint8Array.of(1, 0, 1)));
}

test('a point becomes a key with explicit parameters', () => {
  expect(parsePublicKeyInfo(parseGeneratedKey(ecAnswer, EC))).toMatchObject({
    type: 'ec',
    parameters: 'explicit',
    curve: { name: 'P-256' },
  });
});

test('modulus and exponent become a key', () => {
  expect(parsePublicKeyInfo(parseGeneratedKey(rsaAnswer(2048), RSA))).toMatchObject({
    type: 'rsa',
    modulusBits: 2048,
  });
});

test.each([
  ['nothing', new Uint8Array(), EC],
  ['another template', encodeTlv(0x7f48, encodeTlv(0x86, point)), EC],
  ['no point', encodeTlv(0x7f49, encodeTlv(0x87, point)), EC],
  ['a point of another curve', encodeTlv(0x7f49, encodeTlv(0x86, point.subarray(2))), EC],
  [
    'a point beside the curve',
    encodeTlv(0x7f49, encodeTlv(0x86, point.with(64, (point[64] ?? 0) ^ 1))),
    EC,
  ],
  ['a shorter modulus than the profile states', rsaAnswer(1024), RSA],
  ['a key of the other kind', ecAnswer, RSA],
] as const)('%s is no public key', (_name, answer, kind) => {
  expect(() => parseGeneratedKey(answer, kind)).toThrow(MalformedError);
});
