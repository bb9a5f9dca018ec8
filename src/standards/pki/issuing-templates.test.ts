import { X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';
import { encodeHex } from '../bytes/hex';
import { buildTbsCertificate } from './certificate-template';
import { findNameAttribute, formatName } from './distinguished-name';
import {
  readAltNames,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readCrlUris,
  readDocumentTypes,
  readExtKeyUsage,
  readKeyUsage,
  readPrivateKeyUsagePeriod,
  readSubjectKeyIdentifier,
} from './read-extensions';
import { parsePublicKeyInfo } from './subject-public-key-info';
import { makeTestChain } from './testing/test-issuer';
import { verifyCertificateSignature } from './verify-certificate';

const chains = [
  'ecdsa-P-256-sha256',
  'ecdsa-brainpoolP256r1-sha256',
  'ecdsa-brainpoolP384r1-sha384',
  'rsa-3072-pss-sha256',
].map((name) => [name, makeTestChain(name)] as const);

describe.each(chains)('%s', (name, { csca, dsc, dscKey, cscaKey }) => {
  it('is signed as it says', () => {
    expect(verifyCertificateSignature(csca, csca.publicKey)).toMatchObject({ valid: true });
    expect(verifyCertificateSignature(dsc, csca.publicKey)).toMatchObject({ valid: true });
    expect(verifyCertificateSignature(dsc, dsc.publicKey)).toMatchObject({ valid: false });
  });

  it('is accepted by OpenSSL through X509Certificate', () => {
    const [root, signer] = [new X509Certificate(csca.raw), new X509Certificate(dsc.raw)];
    expect(root.verify(root.publicKey)).toBe(true);
    expect(signer.verify(root.publicKey)).toBe(true);
    expect(signer.checkIssued(root)).toBe(true);
    expect([root.ca, signer.ca]).toEqual([true, false]);
    expect(signer.publicKey.equals(new X509Certificate(dsc.raw).publicKey)).toBe(true);
  });

  it('is read by pkijs, and written back byte for byte', () => {
    for (const certificate of [csca, dsc]) {
      const read = pkijs.Certificate.fromBER(certificate.raw);
      expect(encodeHex(new Uint8Array(read.toSchema(true).toBER()))).toBe(
        encodeHex(certificate.raw),
      );
      expect(read.extensions?.map(({ extnID }) => extnID)).toEqual(
        certificate.extensions.map(({ oid }) => oid),
      );
    }
  });

  it('carries its own key, with explicit parameters on a curve', () => {
    expect(dsc.publicKey).toEqual(dscKey.publicKey);
    expect(csca.publicKey).toEqual(cscaKey.publicKey);
    expect(parsePublicKeyInfo(dsc.publicKey)).toMatchObject(
      name.startsWith('rsa') ? { type: 'rsa' } : { parameters: 'explicit', hasCofactor: true },
    );
  });
});

describe('the profile of Doc 9303-12', () => {
  const { csca, dsc } = chains[1]![1];

  it('of a CSCA root', () => {
    expect(csca.version).toBe(3);
    expect(csca.issuer.raw).toEqual(csca.subject.raw);
    expect([...readKeyUsage(csca)!]).toEqual(['keyCertSign', 'cRLSign']);
    expect(readBasicConstraints(csca)).toEqual({ isCa: true, pathLength: 0 });
    expect(readSubjectKeyIdentifier(csca)).toEqual(readAuthorityKeyIdentifier(csca));
    expect(readDocumentTypes(csca)).toBeUndefined();
    expect(readExtKeyUsage(csca)).toBeUndefined();
    expect(encodeHex(csca.serialNumber)).toBe('009A01');
  });

  it('of a document signer', () => {
    expect(formatName(dsc.issuer)).toBe('C=UT, O=Utopia, CN=CSCA Utopia');
    expect(findNameAttribute(dsc.subject, 'C')).toBe(findNameAttribute(dsc.issuer, 'C'));
    expect([...readKeyUsage(dsc)!]).toEqual(['digitalSignature']);
    expect(readBasicConstraints(dsc)).toBeUndefined();
    expect(readAuthorityKeyIdentifier(dsc)).toEqual(readSubjectKeyIdentifier(csca));
    expect(readDocumentTypes(dsc)).toEqual(['P', 'ID']);
  });

  it('of both', () => {
    for (const certificate of [csca, dsc]) {
      expect(readPrivateKeyUsagePeriod(certificate)).toEqual({
        from: new Date('2026-01-01T00:00:00Z'),
        until: new Date('2030-01-01T00:00:00Z'),
      });
      expect(readCrlUris(certificate)).toEqual(['https://pkddownload1.icao.int/CRLs/UTO.crl']);
      for (const name of ['subjectAltName', 'issuerAltName'] as const) {
        const names = readAltNames(certificate, name)!;
        expect(names).toMatchObject({ mails: ['csca@example.invalid'], dnsNames: [], uris: [] });
        expect(names.directoryNames.map(formatName)).toEqual(['L=UTO']);
      }
      const critical = certificate.extensions.filter((extension) => extension.critical);
      expect(critical.map(({ oid }) => oid)).toEqual(
        certificate === csca ? ['2.5.29.15', '2.5.29.19'] : ['2.5.29.15'],
      );
    }
  });

  it('writes UTCTime through 2049 and GeneralizedTime afterwards', () => {
    const text = encodeHex(csca.raw);
    expect(text).toContain(`170D${encodeHex(Buffer.from('260101000000Z'))}`);
    expect(text).toContain(`180F${encodeHex(Buffer.from('20510101000000Z'))}`);
  });
});

describe('a template is refused', () => {
  const { csca } = chains[1]![1];
  const template = {
    serialNumber: Uint8Array.of(1),
    signature: { scheme: 'ecdsa', digest: 'sha256', form: 'der' },
    issuer: csca.subject.raw,
    subject: csca.subject.raw,
    validity: csca.validity,
    publicKey: csca.publicKey,
    extensions: [],
  } as const;

  it.each([
    ['serial number zero', { serialNumber: new Uint8Array(4) }, 'serial number'],
    ['serial number of 21 bytes', { serialNumber: new Uint8Array(20).fill(0xff) }, 'serial number'],
    [
      'validity that ends before it begins',
      { validity: { from: csca.validity.until, until: csca.validity.from } },
      'ends before',
    ],
  ])('with a %s', (_, change, reason) => {
    expect(() => buildTbsCertificate({ ...template, ...change })).toThrow(reason);
  });
});
