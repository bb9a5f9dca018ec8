import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makeTrialSigner,
  systemRandom,
  TRIAL_FROM,
  type TrialSigner,
} from '../signing/testing/trial-signer';
import { addMonths } from './add-months';
import { type CscaRollover, rollOverCsca } from './issue-csca';
import { issueListSigner } from './issue-list-signer';
import { issueMasterList } from './issue-master-list';
import { issueRevocationList } from './issue-revocation-list';
import { planIssuing } from './issuing-plan';

/**
 * What other people's eyes see of everything that is issued. OpenSSL reads explicit curve
 * parameters, which Doc 9303 demands, but builds no chain of trust over them: it is shown here
 * that this alone is what it refuses.
 */
const folder = mkdtempSync(join(tmpdir(), 'persoline-eyes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(bytes: Uint8Array, ...args: readonly string[]): [number | null, string] {
  const file = join(folder, 'input.der');
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = spawnSync('openssl', [...args, '-inform', 'DER', '-in', file]);
  return [status, `${String(stdout)}${String(stderr)}`];
}

describe.each([
  ['ecdsa-P-256-sha256', 'Prime:'],
  ['ecdsa-brainpoolP256r1-sha256', 'Prime:'],
  ['ecdsa-brainpoolP384r1-sha384', 'Prime:'],
  ['rsa-3072-pss-sha256', 'Public-Key: (3072 bit)'],
])('OpenSSL reads what is issued with %s', (algorithm, keyWords) => {
  let trial: TrialSigner;
  let rollover: CscaRollover;
  let masterList: Uint8Array;
  beforeAll(async () => {
    trial = await makeTrialSigner(algorithm);
    const tools = { hsm: trial.hsm, random: systemRandom };
    const plan = planIssuing({ country: 'UT', state: 'UTO' });
    const { csca } = trial.keys;
    const from = addMonths(TRIAL_FROM, 40);
    const order = { keyLabel: 'csca-2', algorithm, from };
    rollover = await rollOverCsca(plan, { previous: csca, order }, tools);
    const signer = await issueListSigner(
      plan,
      { kind: 'masterList', keyLabel: 'ml-1', algorithm, from: TRIAL_FROM, csca },
      tools,
    );
    masterList = await issueMasterList(
      [csca.certificate, rollover.csca.certificate, rollover.link],
      { signer, signedAt: TRIAL_FROM },
      trial.hsm,
    );
  }, 60_000);
  afterAll(() => trial.remove());

  test('certificates: CSCA, link and document signer', () => {
    const { csca } = trial.keys;
    for (const der of [csca.certificate, rollover.link, trial.signer.certificate]) {
      const [status, text] = openssl(der, 'x509', '-noout', '-text');
      expect(status).toBe(0);
      expect(text).toContain(keyWords);
      expect(text).toContain('X509v3 CRL Distribution Points');
      expect(openssl(der, 'asn1parse')[0]).toBe(0);
    }
  });

  test('the revocation list, and its signature', async () => {
    const { csca } = trial.keys;
    const order = { csca, crlNumber: 3, thisUpdate: TRIAL_FROM, revoked: [] };
    const list = await issueRevocationList(order, trial.hsm);
    const issuer = join(folder, 'csca.pem');
    writeFileSync(issuer, openssl(csca.certificate, 'x509')[1]);
    const [status, text] = openssl(list, 'crl', '-noout', '-text', '-CAfile', issuer);
    expect(status).toBe(0);
    expect(text).toContain('verify OK');
    expect(text).toMatch(/X509v3 CRL Number:\s+3/);
  });

  test('the master list, up to the chain of trust', () => {
    const [printed, text] = openssl(masterList, 'cms', '-cmsout', '-print');
    expect(printed).toBe(0);
    expect(text).toContain('2.23.136.1.1.2');
    const root = join(folder, 'root.pem');
    writeFileSync(root, openssl(trial.keys.csca.certificate, 'x509')[1]);
    const verify = ['cms', '-verify', '-binary', '-purpose', 'any', '-out', '/dev/null'];
    const at = ['-attime', String(TRIAL_FROM.getTime() / 1000 + 60), '-CAfile', root];
    const [withoutChain, said] = openssl(masterList, ...verify, '-noverify');
    expect([withoutChain, said]).toEqual([0, expect.stringContaining('successful')]);
    const [withChain, refusal] = openssl(masterList, ...verify, ...at);
    if (algorithm.startsWith('rsa')) expect(withChain).toBe(0);
    else expect(refusal).toMatch(/explicit ECC parameters/);
  });
});
