import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';
import { encodeHex } from '../../standards/bytes/hex';
import { parseCertificate } from '../../standards/pki/certificate';
import {
  findExtension,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readKeyUsage,
  readSubjectKeyIdentifier,
} from '../../standards/pki/read-extensions';
import { findRevocation, parseRevocationList } from '../../standards/pki/revocation-list';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import {
  makeTrialSigner,
  systemRandom,
  TRIAL_FROM,
  type TrialSigner,
} from '../signing/testing/trial-signer';
import { addMonths } from './add-months';
import { type CscaRollover, rollOverCsca } from './issue-csca';
import { issueDocumentSigner } from './issue-document-signer';
import { issueRevocationList } from './issue-revocation-list';
import { planIssuing } from './issuing-plan';

const plan = planIssuing({ country: 'UT', state: 'UTO' });
const algorithm = 'ecdsa-brainpoolP256r1-sha256';
const later = addMonths(TRIAL_FROM, 40);

let trial: TrialSigner;
let rollover: CscaRollover;
const folder = mkdtempSync(join(tmpdir(), 'persoline-custody-'));

beforeAll(async () => {
  trial = await makeTrialSigner(algorithm);
  const order = { keyLabel: 'csca-2', algorithm, from: later };
  const tools = { hsm: trial.hsm, random: systemRandom };
  rollover = await rollOverCsca(plan, { previous: trial.keys.csca, order }, tools);
});
afterAll(async () => {
  await trial.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What `openssl` prints of a file, and whether it could read it. */
function openssl(bytes: Uint8Array, ...args: string[]): { status: number | null; text: string } {
  const file = join(folder, 'input.der');
  writeFileSync(file, bytes);
  const { status, stdout } = spawnSync('openssl', [...args, '-inform', 'DER', '-in', file]);
  return { status, text: String(stdout) };
}

describe('a CSCA that follows another', () => {
  it('is a root of its own under the same name', () => {
    const [old, next] = [trial.keys.csca, rollover.csca].map(({ certificate }) =>
      parseCertificate(certificate),
    );
    expect(next!.subject.raw).toEqual(old!.subject.raw);
    expect(next!.publicKey).not.toEqual(old!.publicKey);
    expect(verifyCertificateSignature(next!, next!.publicKey)).toMatchObject({ valid: true });
  });

  it('is vouched for by the old key in a link certificate', () => {
    const old = parseCertificate(trial.keys.csca.certificate);
    const next = parseCertificate(rollover.csca.certificate);
    const link = parseCertificate(rollover.link);
    expect(verifyCertificateSignature(link, old.publicKey)).toMatchObject({ valid: true });
    expect(link.publicKey).toEqual(next.publicKey);
    expect(readAuthorityKeyIdentifier(link)).toEqual(readSubjectKeyIdentifier(old));
    expect(readSubjectKeyIdentifier(link)).toEqual(readSubjectKeyIdentifier(next));
    expect([...readKeyUsage(link)!]).toEqual(['keyCertSign', 'cRLSign']);
    expect(readBasicConstraints(link)).toEqual({ isCa: true, pathLength: 0 });
    expect(findExtension(link, 'nameChange')).toBeUndefined();
    expect(link.validity).toEqual({ from: later, until: old.validity.until });
  });

  it('is read by OpenSSL and pkijs, and so is the link', () => {
    for (const bytes of [rollover.csca.certificate, rollover.link]) {
      expect(openssl(bytes, 'x509', '-noout', '-text').text).toContain('CA:TRUE, pathlen:0');
      expect(pkijs.Certificate.fromBER(bytes).extensions).toHaveLength(8);
    }
    const old = new X509Certificate(trial.keys.csca.certificate);
    expect(new X509Certificate(rollover.link).verify(old.publicKey)).toBe(true);
  });

  it('issues document signers that who trusts the old root can reach', async () => {
    const order = { keyLabel: 'dsc-2', algorithm, from: later, number: 2, csca: rollover.csca };
    const tools = { hsm: trial.hsm, random: systemRandom };
    const dsc = parseCertificate((await issueDocumentSigner(plan, order, tools)).certificate);
    const link = parseCertificate(rollover.link);
    expect(verifyCertificateSignature(dsc, link.publicKey)).toMatchObject({ valid: true });
    expect(dsc.issuer.raw).toEqual(link.subject.raw);
  });

  it('is refused when the old key may not sign any more', async () => {
    const order = { keyLabel: 'csca-3', algorithm, from: addMonths(TRIAL_FROM, 49) };
    const tools = { hsm: trial.hsm, random: systemRandom };
    await expect(
      rollOverCsca(plan, { previous: trial.keys.csca, order }, tools),
    ).rejects.toMatchObject({ code: 'SIGNER_OUTSIDE_PERIOD' });
    expect(await trial.hsm.findKey('csca-3')).toBeUndefined();
  });

  it('marks the change of a name in its link', async () => {
    const renamed = planIssuing({ country: 'UT', state: 'UTA' });
    const order = { keyLabel: 'csca-4', algorithm, from: later };
    const tools = { hsm: trial.hsm, random: systemRandom };
    const { link } = await rollOverCsca(renamed, { previous: trial.keys.csca, order }, tools);
    expect(findExtension(parseCertificate(link), 'nameChange')).toMatchObject({ critical: false });
  });
});

describe('a revocation list', () => {
  const thisUpdate = new Date('2026-05-01T00:00:00Z');

  it('names what is revoked, and is read by OpenSSL and pkijs', async () => {
    const dsc = parseCertificate(trial.signer.certificate);
    const revokedAt = new Date('2026-04-30T12:00:00Z');
    const bytes = await issueRevocationList(
      {
        csca: trial.keys.csca,
        crlNumber: 7,
        thisUpdate,
        revoked: [{ serialNumber: dsc.serialNumber, revokedAt }],
      },
      trial.hsm,
    );
    const list = parseRevocationList(bytes);
    expect(list).toMatchObject({ version: 2, thisUpdate });
    expect(list.nextUpdate).toEqual(new Date('2026-07-30T00:00:00Z'));
    expect(findRevocation(list, dsc)).toMatchObject({ revokedAt, extensions: [] });
    expect(list.extensions.map(({ oid }) => oid)).toEqual(['2.5.29.35', '2.5.29.20']);
    const csca = parseCertificate(trial.keys.csca.certificate);
    expect(verifyCertificateSignature(list, csca.publicKey)).toMatchObject({ valid: true });
    const { status, text } = openssl(bytes, 'crl', '-noout', '-text');
    expect(status).toBe(0);
    expect(text).toContain(`Serial Number: ${encodeHex(dsc.serialNumber)}`);
    const { revokedCertificates } = pkijs.CertificateRevocationList.fromBER(bytes);
    expect(revokedCertificates).toHaveLength(1);
  });

  it('has no entries member when nothing is revoked', async () => {
    const order = { csca: trial.keys.csca, crlNumber: 1, thisUpdate, validDays: 30, revoked: [] };
    const bytes = await issueRevocationList(order, trial.hsm);
    expect(parseRevocationList(bytes).revoked).toEqual([]);
    expect(openssl(bytes, 'crl', '-noout', '-text').text).toContain('No Revoked Certificates');
  });

  it.each([0, 91, 1.5])('is refused for %f days', async (validDays) => {
    const order = { csca: trial.keys.csca, crlNumber: 1, thisUpdate, validDays, revoked: [] };
    await expect(issueRevocationList(order, trial.hsm)).rejects.toMatchObject({ code: 'USAGE' });
  });
});
