import { createPrivateKey } from 'node:crypto';
import { parseDer, readOid, readTime } from '../asn1/read';
import { equalBytes } from '../bytes/compare';
import { encodeHex } from '../bytes/hex';
import { digestBytes, DIGESTS } from '../crypto/digest-algorithms';
import { signMessage } from '../crypto/sign-verify';
import { parseSignatureIdentifier } from '../crypto/signature-algorithms';
import { parseLdsSecurityObject } from '../lds/lds-security-object';
import { parseCertificate } from '../pki/certificate';
import { verifyCertificateSignature } from '../pki/verify-certificate';
import { assembleSignedData, encodeSignedAttributes, prepareSignedData } from './build-signed-data';
import { encodeEfSod, parseEfSod } from './ef-sod';
import { type CmsAttribute, parseSignedData } from './parse-signed-data';
import { loadSodVectors } from './testing/sod-vectors';
import { findSignerCertificate, verifySigner } from './verify-signed-data';

describe.each(loadSodVectors().map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
  const { expected } = vector;
  const signedData = parseSignedData(parseEfSod(vector.efSod));
  const signer = signedData.signers[0]!;
  const content = parseLdsSecurityObject(signedData.content!);

  it('names versions and digest', () => {
    expect(content.version).toBe(expected.lds_security_object_version);
    expect(content.ldsVersion ?? null).toBe(expected.lds_version);
    expect(content.unicodeVersion ?? null).toBe(expected.unicode_version);
    expect(DIGESTS[content.digest].title).toBe(expected.digest);
  });

  it('holds the hash of every data group', () => {
    const computed = [...vector.dataGroups].map(([group, bytes]) => [
      String(group),
      encodeHex(digestBytes(content.digest, bytes)),
    ]);
    expect(Object.fromEntries(computed)).toEqual(expected.dg_hashes);
    const held = [...content.hashes].map(([group, hash]) => [String(group), encodeHex(hash)]);
    expect(Object.fromEntries(held)).toEqual(expected.dg_hashes);
  });

  it('names its signer and its attributes, and departs from nothing', () => {
    expect(signer.signerId.type).toBe(expected.signer_sid);
    expect(signer.signedAttributes!.attributes.map(describeAttribute).toSorted()).toEqual(
      expected.signed_attributes.toSorted(),
    );
    expect(signedData.issues).toEqual([]);
    expect(signedData.certificates.map(encodeHex)).toEqual([encodeHex(vector.dsc)]);
  });

  it('is signed by its document signer, and that one by its CSCA', () => {
    const dsc = findSignerCertificate(signer, signedData.certificates)!;
    expect(verifySigner(signedData, signer, dsc.publicKey)).toMatchObject({
      contentType: { valid: true },
      messageDigest: { valid: true },
      signature: { valid: true },
    });
    const csca = parseCertificate(vector.csca);
    expect(equalBytes(dsc.issuer.raw, csca.subject.raw)).toBe(true);
    expect(verifyCertificateSignature(dsc, csca.publicKey)).toMatchObject({ valid: true });
    expect(verifyCertificateSignature(csca, csca.publicKey)).toMatchObject({ valid: true });
    expect(verifyCertificateSignature(csca, dsc.publicKey)).toMatchObject({ valid: false });
  });

  it('is built again from its parts, byte for byte but for a random signature', () => {
    const place = 'SignerInfo';
    const signature = parseSignatureIdentifier(parseDer(signer.signatureIdentifier, place), place);
    const frame = prepareSignedData({
      contentType: signedData.contentType,
      signature,
      certificate: vector.dsc,
    });
    const { signingTime } = verifySigner(
      signedData,
      signer,
      parseCertificate(vector.dsc).publicKey,
    );
    const signedAttributes = encodeSignedAttributes(frame, signedData.content!, signingTime);
    const key = createPrivateKey({
      key: Buffer.from(vector.dscPrivateKey),
      format: 'der',
      type: 'pkcs8',
    });
    const parts = { content: signedData.content!, signedAttributes };
    const asFound = assembleSignedData(frame, { ...parts, signature: signer.signature });
    expect(encodeHex(encodeEfSod(asFound))).toBe(encodeHex(vector.efSod));
    const made = assembleSignedData(frame, {
      ...parts,
      signature: signMessage(signature, key, signedAttributes),
    });
    const reread = parseSignedData(made);
    expect(
      verifySigner(reread, reread.signers[0]!, parseCertificate(vector.dsc).publicKey).signature
        .valid,
    ).toBe(true);
    if (signature.scheme === 'rsa-pkcs1') expect(encodeHex(made)).toBe(encodeHex(asFound));
  });
});

function describeAttribute({ oid, values }: CmsAttribute): string {
  const value = parseDer(values[0]!, 'attribute');
  if (oid === '1.2.840.113549.1.9.3') return `contentType ${readOid(value, 'contentType')}`;
  if (oid === '1.2.840.113549.1.9.4') return 'messageDigest';
  const compact = readTime(value, 'signingTime').toISOString().replaceAll(/[-:T]/g, '');
  return `signingTime ${compact.slice(2, 14)}Z`;
}
