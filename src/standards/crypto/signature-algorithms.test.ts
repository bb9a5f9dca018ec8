import { parseDer } from '../asn1/read';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import {
  encodeSignatureIdentifier,
  formatSignatureAlgorithm,
  parseSignatureAlgorithmName,
  parseSignatureIdentifier,
  type SignatureAlgorithm,
} from './signature-algorithms';

const identifierHex = (name: string): string =>
  encodeHex(encodeSignatureIdentifier(parseSignatureAlgorithmName(name).signature));

const parseHex = (hex: string, digest?: 'sha256'): SignatureAlgorithm =>
  parseSignatureIdentifier(parseDer(decodeHex(hex), 'test'), 'test', digest);

describe('names', () => {
  it.each([
    ['ecdsa-brainpoolP256r1-sha256', { type: 'ec', curve: 'brainpoolP256r1' }, 'ecdsa', 'sha256'],
    ['ecdsa-P-521-sha512', { type: 'ec', curve: 'P-521' }, 'ecdsa', 'sha512'],
    ['rsa-2048-sha256', { type: 'rsa', modulusBits: 2048 }, 'rsa-pkcs1', 'sha256'],
    ['rsa-3072-pkcs1-sha384', { type: 'rsa', modulusBits: 3072 }, 'rsa-pkcs1', 'sha384'],
    ['rsa-3072-pss-sha256', { type: 'rsa', modulusBits: 3072 }, 'rsa-pss', 'sha256'],
  ])('%s', (name, key, scheme, digest) => {
    expect(parseSignatureAlgorithmName(name)).toMatchObject({
      name,
      key,
      signature: { scheme, digest },
    });
  });

  it.each([
    'ecdsa-P-256',
    'ecdsa-P-256-sha1',
    'ecdsa-secp256k1-sha256',
    'rsa-1000-sha256',
    'rsa-2048-oaep-sha256',
    'ed25519',
    '',
  ])('refuses %p and says what there is', (name) => {
    expect(() => parseSignatureAlgorithmName(name)).toThrow(MalformedError);
    expect(() => parseSignatureAlgorithmName(name)).toThrow('rsa-BITS-pss-DIGEST');
  });
});

describe('identifiers', () => {
  it('has no parameters for ECDSA', () => {
    expect(identifierHex('ecdsa-P-384-sha384')).toBe('300A06082A8648CE3D040303');
  });

  it('has NULL for RSA PKCS#1', () => {
    expect(identifierHex('rsa-2048-sha256')).toBe('300D06092A864886F70D01010B0500');
  });

  it('has hash, mask and salt for PSS, hash identifiers without NULL', () => {
    // The identifier of the certificates in test-vectors/sod/sod.json.
    expect(identifierHex('rsa-3072-pss-sha256')).toBe(
      '303D06092A864886F70D01010A3030A00D300B0609608648016503040201' +
        'A11A301806092A864886F70D010108300B0609608648016503040201A203020120',
    );
  });

  it.each(['ecdsa-P-256-sha224', 'rsa-2048-pkcs1-sha512', 'rsa-4096-pss-sha512'])(
    'reads what it writes: %s',
    (name) => {
      const { signature } = parseSignatureAlgorithmName(name);
      expect(parseHex(identifierHex(name))).toEqual(signature);
    },
  );

  it('reads the defaults of PSS as SHA-1 with 20 bytes of salt', () => {
    expect(parseHex('300D06092A864886F70D01010A3000')).toEqual({
      scheme: 'rsa-pss',
      digest: 'sha1',
      maskDigest: 'sha1',
      saltBytes: 20,
    });
  });

  it('takes the hash of the SignerInfo where only the key is named', () => {
    const rsaEncryption = '300D06092A864886F70D0101010500';
    expect(parseHex(rsaEncryption, 'sha256')).toEqual({ scheme: 'rsa-pkcs1', digest: 'sha256' });
    expect(() => parseHex(rsaEncryption)).toThrow('no known signature algorithm');
  });

  it('reads the plain ECDSA identifiers of the BSI', () => {
    expect(parseHex('300C060A04007F00070101040103')).toEqual({
      scheme: 'ecdsa',
      digest: 'sha256',
      form: 'plain',
    });
  });

  it.each([
    ['300506032B6570', 'no known signature'],
    ['300B06092A864886F70D01010A', 'is missing'],
    ['301206092A864886F70D01010A3005A303020102', 'unknown member'],
  ])('refuses %s', (hex, reason) => {
    expect(() => parseHex(hex)).toThrow(reason);
  });

  it('names the algorithm in words', () => {
    const { signature } = parseSignatureAlgorithmName('rsa-3072-pss-sha256');
    expect(formatSignatureAlgorithm(signature)).toBe('RSASSA-PSS with SHA-256');
  });
});
