import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deviation } from '../../standards/cms/deviation-list';
import { parseSignedData } from '../../standards/cms/parse-signed-data';
import { parseCertificate } from '../../standards/pki/certificate';
import { readExtKeyUsage } from '../../standards/pki/read-extensions';
import type { SignerKey } from '../document/key-set';
import {
  makeTrialSigner,
  systemRandom,
  TRIAL_FROM,
  type TrialSigner,
} from '../signing/testing/trial-signer';
import { issueDeviationList } from './issue-deviation-list';
import { issueListSigner } from './issue-list-signer';
import { planIssuing } from './issuing-plan';

const algorithm = 'ecdsa-brainpoolP256r1-sha256';
const plan = planIssuing({ country: 'UT', state: 'UTO' });
const folder = mkdtempSync(join(tmpdir(), 'persoline-dl-'));
let trial: TrialSigner;
let signer: SignerKey;

beforeAll(async () => {
  trial = await makeTrialSigner(algorithm);
  const order = { keyLabel: 'dl-1', algorithm, from: TRIAL_FROM, csca: trial.keys.csca };
  const tools = { hsm: trial.hsm, random: systemRandom };
  signer = await issueListSigner(plan, { ...order, kind: 'deviationList' }, tools);
});
afterAll(async () => {
  await trial.remove();
  rmSync(folder, { recursive: true, force: true });
});

const deviations = (): readonly Deviation[] => [
  {
    documents: {
      documentType: 'P<',
      signer: parseCertificate(trial.signer.certificate),
      issued: { first: TRIAL_FROM, last: new Date('2026-04-01T00:00:00Z') },
      documentNumbers: ['C0000001', 'C0000002'],
    },
    descriptions: [{ type: 'dataGroupHashWrong', text: 'hash of DG2', dataGroup: 2 }],
  },
];

test('names documents and what is wrong, and OpenSSL reads it', async () => {
  const list = await issueDeviationList(deviations(), { signer, signedAt: TRIAL_FROM }, trial.hsm);
  const { contentType, certificates } = parseSignedData(list);
  expect(contentType).toBe('2.23.136.1.1.7');
  expect(certificates).toHaveLength(2);
  const file = join(folder, 'list.der');
  writeFileSync(file, list);
  const shown = spawnSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', file]);
  expect(shown.status).toBe(0);
  const taken = join(folder, 'content.der');
  const verify = ['cms', '-verify', '-noverify', '-nosigs', '-inform', 'DER', '-binary'];
  expect(spawnSync('openssl', [...verify, '-in', file, '-out', taken]).status).toBe(0);
  const { stdout, status } = spawnSync('openssl', ['asn1parse', '-inform', 'DER', '-in', taken]);
  expect(status).toBe(0);
  for (const part of ['2.23.136.1.1.7.2.2', 'hash of DG2', 'C0000002', '20260401000000Z']) {
    expect(String(stdout)).toContain(part);
  }
});

test('is signed by its own signer and no other', async () => {
  expect(readExtKeyUsage(parseCertificate(signer.certificate))).toEqual(['2.23.136.1.1.8']);
  const document = { ...signer, certificate: trial.signer.certificate };
  await expect(
    issueDeviationList(deviations(), { signer: document, signedAt: TRIAL_FROM }, trial.hsm),
  ).rejects.toMatchObject({ code: 'CERTIFICATE_FAULTY' });
  const csca = { ...signer, keyLabel: trial.keys.csca.keyLabel };
  await expect(
    issueDeviationList(deviations(), { signer: csca, signedAt: TRIAL_FROM }, trial.hsm),
  ).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });
});

test('says something', async () => {
  await expect(
    issueDeviationList([], { signer, signedAt: TRIAL_FROM }, trial.hsm),
  ).rejects.toBeInstanceOf(RangeError);
});
