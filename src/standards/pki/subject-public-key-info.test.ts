import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { derInteger, derOctetString, derOid, derSequence } from '../asn1/der';
import { concatBytes } from '../bytes/concat';
import { encodeHex } from '../bytes/hex';
import { encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { CURVE_NAMES, CURVES } from '../crypto/curve-parameters';
import {
  convertToExplicitParameters,
  encodeEcPublicKey,
  encodeRsaPublicKey,
  type EcPublicKeyInfo,
  parsePublicKeyInfo,
} from './subject-public-key-info';

const spkiOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ format: 'der', type: 'spki' }));

describe.each(CURVE_NAMES)('%s', (name) => {
  const curve = CURVES[name];

  it.each(['explicit', 'named'] as const)('is written as OpenSSL writes it, %s', (parameters) => {
    const { publicKey } = generateKeyPairSync('ec', {
      namedCurve: curve.opensslName,
      paramEncoding: parameters,
    });
    const spki = spkiOf(publicKey);
    const info = parsePublicKeyInfo(spki) as EcPublicKeyInfo;
    expect(info).toMatchObject({ type: 'ec', parameters, curve });
    const written = encodeEcPublicKey({ curve, point: info.point, parameters });
    const readBack = createPublicKey({ key: Buffer.from(written), format: 'der', type: 'spki' });
    expect(readBack.equals(publicKey)).toBe(true);
    // OpenSSL adds the seed of the NIST curves, which Doc 9303 does not ask for.
    if (parameters === 'named' || name.startsWith('brainpool')) {
      expect(encodeHex(written)).toBe(encodeHex(spki));
    }
  });
});

it('makes named parameters explicit, and leaves other keys alone', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const explicit = convertToExplicitParameters(spkiOf(publicKey));
  expect(parsePublicKeyInfo(explicit)).toMatchObject({ parameters: 'explicit', hasCofactor: true });
  const readBack = createPublicKey({ key: Buffer.from(explicit), format: 'der', type: 'spki' });
  expect(readBack.equals(publicKey)).toBe(true);
  const rsa = spkiOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
  expect(convertToExplicitParameters(rsa)).toBe(rsa);
  const foreign = spkiOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey);
  expect(() => convertToExplicitParameters(foreign)).toThrow('not standardized');
});

it('writes RSA keys as OpenSSL does', () => {
  const spki = spkiOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
  const info = parsePublicKeyInfo(spki);
  if (info.type !== 'rsa') throw new Error('not RSA');
  expect(info).toMatchObject({ modulusBits: 1024, publicExponent: 65537n, pssOnly: false });
  expect(encodeHex(encodeRsaPublicKey(info))).toBe(encodeHex(spki));
});

it('knows a key that is bound to PSS, and keys of other kinds', () => {
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey;
  expect(parsePublicKeyInfo(spkiOf(pss))).toMatchObject({ type: 'rsa', pssOnly: true });
  const other = generateKeyPairSync('ed25519').publicKey;
  expect(parsePublicKeyInfo(spkiOf(other))).toEqual({ type: 'other', oid: '1.3.101.112' });
});

describe('explicit parameters of other issuers', () => {
  const curve = CURVES['P-256'];
  const field = (value: bigint): Uint8Array => encodeUint(value, 32);
  const explicit = (basePoint: Uint8Array, b: bigint, p: bigint = curve.p): Uint8Array =>
    derSequence(
      derSequence(
        derOid('1.2.840.10045.2.1'),
        derSequence(
          derInteger(1),
          derSequence(derOid('1.2.840.10045.1.1'), derInteger(p)),
          derSequence(derOctetString(field(curve.a)), derOctetString(field(b))),
          derOctetString(basePoint),
          derInteger(curve.n),
        ),
      ),
      Uint8Array.of(3, 2, 0, 4),
    );

  it('may have a compressed base point and no cofactor', () => {
    const compressed = concatBytes(Uint8Array.of(2 + Number(curve.gy & 1n)), field(curve.gx));
    const info = parsePublicKeyInfo(explicit(compressed, curve.b));
    expect(info).toMatchObject({ curve, hasCofactor: false, parameters: 'explicit' });
  });

  it('are refused over a prime of zero', () => {
    const base = concatBytes(Uint8Array.of(4), field(curve.gx), field(curve.gy));
    expect(() => parsePublicKeyInfo(explicit(base, curve.b, 0n))).toThrow(MalformedError);
  });

  it('are no known curve when one of them differs', () => {
    const base = concatBytes(Uint8Array.of(4), field(curve.gx), field(curve.gy));
    const wrongBase = concatBytes(Uint8Array.of(4), field(curve.gx), field(curve.gy - 1n));
    expect(parsePublicKeyInfo(explicit(base, curve.b))).toMatchObject({ curve });
    expect(parsePublicKeyInfo(explicit(base, curve.b + 1n))).toMatchObject({ curve: undefined });
    expect(parsePublicKeyInfo(explicit(wrongBase, curve.b))).toMatchObject({ curve: undefined });
  });
});

it('refuses a point of another size', () => {
  const key = { curve: CURVES['P-256'], parameters: 'explicit' } as const;
  expect(() => encodeEcPublicKey({ ...key, point: new Uint8Array(64) })).toThrow('uncompressed');
});

it.each([
  ['no sequence', Uint8Array.of(4, 0)],
  ['an empty sequence', derSequence()],
])('refuses %s', (_, bytes) => {
  expect(() => parsePublicKeyInfo(bytes)).toThrow(MalformedError);
});
