import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { parseSignatureAlgorithmName, type SignatureAlgorithm } from './signature-algorithms';
import { importPublicKey, signMessage, verifySignature } from './sign-verify';

const message = new Uint8Array([1, 2, 3]);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

function makeKeys(name: string): { publicKey: KeyObject; privateKey: KeyObject } {
  const { key } = parseSignatureAlgorithmName(name);
  return key.type === 'rsa'
    ? rsa
    : generateKeyPairSync('ec', { namedCurve: key.curve, paramEncoding: 'explicit' });
}

describe.each([
  'ecdsa-P-256-sha256',
  'ecdsa-brainpoolP384r1-sha384',
  'rsa-2048-pkcs1-sha256',
  'rsa-2048-pss-sha512',
])('%s', (name) => {
  const algorithm = parseSignatureAlgorithmName(name).signature;
  const keys = makeKeys(name);
  const spki = new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' }));
  const publicKey = importPublicKey(spki);
  const signature = signMessage(algorithm, keys.privateKey, message);

  it('verifies what it signs', () => {
    expect(verifySignature({ algorithm, publicKey, message, signature })).toBe(true);
  });

  it('refuses another message and a damaged signature', () => {
    const other = new Uint8Array([1, 2, 4]);
    expect(verifySignature({ algorithm, publicKey, message: other, signature })).toBe(false);
    const damaged = signature.slice(0, -1);
    expect(verifySignature({ algorithm, publicKey, message, signature: damaged })).toBe(false);
  });

  it('refuses a key of another kind', () => {
    const foreign = generateKeyPairSync('ed25519').publicKey;
    expect(verifySignature({ algorithm, publicKey: foreign, message, signature })).toBe(false);
  });
});

it('verifies plain ECDSA', () => {
  const algorithm: SignatureAlgorithm = { scheme: 'ecdsa', digest: 'sha256', form: 'plain' };
  const { publicKey, privateKey } = makeKeys('ecdsa-P-256-sha256');
  const signature = signMessage(algorithm, privateKey, message);
  expect(signature).toHaveLength(64);
  expect(verifySignature({ algorithm, publicKey, message, signature })).toBe(true);
});

it('verifies PSS whose mask has another hash than the message', () => {
  const keys = generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha1',
  });
  const signature = sign('sha256', message, {
    key: keys.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });
  const algorithm: SignatureAlgorithm = {
    scheme: 'rsa-pss',
    digest: 'sha256',
    maskDigest: 'sha1',
    saltBytes: 32,
  };
  const { publicKey } = keys;
  expect(verifySignature({ algorithm, publicKey, message, signature })).toBe(true);
  const wrongMask = { ...algorithm, maskDigest: 'sha384' } as const;
  expect(verifySignature({ algorithm: wrongMask, publicKey, message, signature })).toBe(false);
});

it('refuses bytes that are no key', () => {
  expect(() => importPublicKey(new Uint8Array([0x30, 0]))).toThrow('no key that can be used');
});

test('a key is known by what it is, however many come in between and whatever becomes of the bytes', () => {
  const make = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ format: 'der', type: 'spki' }));
  const first = make();
  const bytes = spkiOf(first);
  expect(importPublicKey(bytes).equals(first)).toBe(true);
  expect(importPublicKey(bytes)).toBe(importPublicKey(bytes.slice()));
  for (let index = 0; index < 100; index++) {
    const other = make();
    expect(importPublicKey(spkiOf(other)).equals(other)).toBe(true);
  }
  expect(importPublicKey(bytes).equals(first)).toBe(true);
  bytes.fill(0);
  expect(() => importPublicKey(bytes)).toThrow('SubjectPublicKeyInfo');
  expect(importPublicKey(spkiOf(first)).equals(first)).toBe(true);
});
