import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { parseCertificate } from '../../standards/pki/certificate';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { parseDer, readSequence } from '../../standards/asn1/read';
import {
  makeTrialSigner,
  systemRandom,
  TRIAL_FROM,
  type TrialSigner,
} from '../signing/testing/trial-signer';
import { buildDocumentSignerTemplate } from '../../standards/pki/issuing-templates';
import { drawSerialNumber, issueCertificate } from './issue-certificate';
import { planIssuing } from './issuing-plan';
import { importDocumentSigner, requestDocumentSigner } from './request-document-signer';

const plan = planIssuing({ country: 'UT', state: 'UTO' });
const subject = [...plan.name, { type: 'CN', value: 'Document signer UTO 9' }] as const;

describe.each(['ecdsa-brainpoolP256r1-sha256', 'ecdsa-P-256-sha256', 'rsa-3072-pss-sha256'])(
  'a signer of %s under a CSCA that is elsewhere',
  (algorithm) => {
    let ours: TrialSigner;
    let elsewhere: TrialSigner;
    let request: Uint8Array;
    beforeAll(async () => {
      ours = await makeTrialSigner(algorithm);
      elsewhere = await makeTrialSigner('ecdsa-brainpoolP384r1-sha384');
      request = await requestDocumentSigner({ keyLabel: 'dsc-9', algorithm, subject }, ours.hsm);
    }, 60_000);
    afterAll(async () => {
      await ours.remove();
      await elsewhere.remove();
    });

    /** What the CSCA elsewhere makes of the request. */
    async function issue(publicKey?: Uint8Array): Promise<Uint8Array> {
      const [info] = readSequence(parseDer(request, 'request'), 'request');
      const [, , requested] = readSequence(info, 'request');
      const csca = parseCertificate(elsewhere.keys.csca.certificate);
      const template = buildDocumentSignerTemplate({
        ...plan.signerPeriods(TRIAL_FROM),
        ...{ csca, subject, contact: plan.contact, crlUris: plan.crlUris },
        documentTypes: plan.documentTypes,
        signature: parseSignatureAlgorithmName(elsewhere.keys.csca.algorithm).signature,
        serialNumber: drawSerialNumber(systemRandom),
        publicKey: publicKey ?? requested!.raw,
      });
      const issuer = { ...elsewhere.keys.csca, publicKey: csca.publicKey };
      return (await issueCertificate({ template, role: 'dsc', issuer }, elsewhere.hsm)).raw;
    }
    const take = (
      certificate: Uint8Array,
      csca: Uint8Array,
    ): ReturnType<typeof importDocumentSigner> =>
      importDocumentSigner({ keyLabel: 'dsc-9', algorithm, certificate, csca }, ours.hsm);

    test('asks with a request that OpenSSL verifies', () => {
      const args = ['req', '-inform', 'DER', '-verify', '-noout', '-subject'];
      const { stdout, stderr, status } = spawnSync('openssl', args, { input: request });
      expect(status).toBe(0);
      expect(String(stderr)).toMatch(/verify OK/);
      expect(String(stdout)).toContain('Document signer UTO 9');
    });

    test('is taken when everything fits', async () => {
      const certificate = await issue();
      const csca = elsewhere.keys.csca.certificate;
      expect(await take(certificate, csca)).toEqual({
        ...{ keyLabel: 'dsc-9', algorithm, certificate, csca },
      });
      expect(new X509Certificate(certificate).subject).toContain('Document signer UTO 9');
    });

    test('is refused with every reason when it does not', async () => {
      const refusal = (...words: readonly string[]): object => ({
        code: 'CERTIFICATE_FAULTY',
        reasons: expect.arrayContaining(
          words.map((word) => expect.stringContaining(word) as string),
        ) as string[],
      });
      const csca = elsewhere.keys.csca.certificate;
      const otherKey = parseCertificate(ours.signer.certificate).publicKey;
      await expect(take(await issue(otherKey), csca)).rejects.toMatchObject(
        refusal('it certifies another key'),
      );
      const { certificate: wrongCsca } = ours.keys.csca;
      await expect(take(await issue(), wrongCsca)).rejects.toMatchObject(
        refusal('the CSCA did not sign it'),
      );
      await expect(take(csca, csca)).rejects.toMatchObject(
        refusal('it certifies another key', 'no-constraints-in-signer'),
      );
      await expect(take(await issue(), await issue())).rejects.toMatchObject(
        refusal('not signed by itself', 'names another issuer'),
      );
    });
  },
);
