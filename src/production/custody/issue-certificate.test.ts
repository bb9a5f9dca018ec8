import { type Certificate, parseCertificate } from '../../standards/pki/certificate';
import type { CertificateTemplate } from '../../standards/pki/certificate-template';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { EXTENSION_OIDS } from '../../standards/pki/extension-oids';
import type { Hsm } from '../ports';
import { makeTrialSigner, type TrialSigner } from '../signing/testing/trial-signer';
import { issueCertificate } from './issue-certificate';
import type { SigningKey } from './make-signing-key';

const algorithm = 'ecdsa-P-256-sha256';

let trial: TrialSigner;
let csca: Certificate;
let issuer: SigningKey;
let good: CertificateTemplate;
beforeAll(async () => {
  trial = await makeTrialSigner(algorithm);
  csca = parseCertificate(trial.keys.csca.certificate);
  issuer = { ...trial.keys.csca, publicKey: csca.publicKey };
  const dsc = parseCertificate(trial.signer.certificate);
  good = {
    serialNumber: dsc.serialNumber,
    signature: parseSignatureAlgorithmName(algorithm).signature,
    issuer: csca.subject.raw,
    subject: dsc.subject.raw,
    validity: dsc.validity,
    publicKey: dsc.publicKey,
    extensions: dsc.extensions,
  };
});
afterAll(() => trial.remove());

/** The HSM, which says how often it signed. */
function counting(hsm: Hsm): Hsm & { signed: number } {
  const counted = Object.assign(Object.create(hsm) as Hsm & { signed: number }, { signed: 0 });
  counted.sign = (request) => {
    counted.signed++;
    return hsm.sign(request);
  };
  return counted;
}

it('issues what keeps the profile', async () => {
  const hsm = counting(trial.hsm);
  const certificate = await issueCertificate({ template: good, role: 'dsc', issuer }, hsm);
  expect(certificate.extensions).toEqual(good.extensions);
  expect(hsm.signed).toBe(1);
});

it('signs nothing that is against the profile, and names every rule', async () => {
  const hsm = counting(trial.hsm);
  const extensions = csca.extensions.filter(({ oid }) => oid !== EXTENSION_OIDS.subjectAltName);
  const template = { ...good, extensions };
  await expect(issueCertificate({ template, role: 'dsc', issuer }, hsm)).rejects.toMatchObject({
    code: 'CERTIFICATE_FAULTY',
    reasons: expect.arrayContaining([
      expect.stringMatching(/^no-constraints-in-signer: it .* \[9303-12 /) as string,
      expect.stringMatching(/^alternative-names: it .* \[9303-12 /) as string,
    ]) as string[],
  });
  expect(hsm.signed).toBe(0);
});

it('gives nothing out that was signed with another key', async () => {
  const other = { ...issuer, publicKey: good.publicKey };
  await expect(
    issueCertificate({ template: good, role: 'dsc', issuer: other }, trial.hsm),
  ).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' });
});
