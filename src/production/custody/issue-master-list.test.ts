import { isMasterList, parseMasterList } from '../../standards/cms/master-list';
import { lintCertificate } from '../../standards/pki/lint/lint-certificate';
import { parseCertificate } from '../../standards/pki/certificate';
import { unpackTrust } from '../inspection/trust-containers';
import {
  makeTrialSigner,
  systemRandom,
  TRIAL_FROM,
  type TrialSigner,
} from '../signing/testing/trial-signer';
import { addMonths } from './add-months';
import { exportLdif } from './export-ldif';
import { rollOverCsca } from './issue-csca';
import { issueListSigner } from './issue-list-signer';
import { issueMasterList } from './issue-master-list';
import { issueRevocationList } from './issue-revocation-list';
import { planIssuing } from './issuing-plan';

const algorithm = 'ecdsa-brainpoolP256r1-sha256';
const plan = planIssuing({ country: 'UT', state: 'UTO' });
let trial: TrialSigner;

beforeAll(async () => {
  trial = await makeTrialSigner(algorithm);
});
afterAll(() => trial.remove());

test('a master list carries every CSCA and link, and our reader and inspection take it', async () => {
  const tools = { hsm: trial.hsm, random: systemRandom };
  const from = addMonths(TRIAL_FROM, 40);
  const { csca, link } = await rollOverCsca(
    plan,
    { previous: trial.keys.csca, order: { keyLabel: 'csca-2', algorithm, from } },
    tools,
  );
  const signer = await issueListSigner(
    plan,
    { kind: 'masterList', keyLabel: 'ml-1', algorithm, from, csca },
    tools,
  );
  expect(lintCertificate(parseCertificate(signer.certificate), 'ml-signer')).toEqual([]);
  const listed = [trial.keys.csca.certificate, csca.certificate, link];
  const list = await issueMasterList(listed, { signer, signedAt: from }, trial.hsm);
  expect(isMasterList(list)).toBe(true);
  const read = parseMasterList(list);
  expect(read.signatureValid).toBe(true);
  expect(read.signerCertificates).toHaveLength(2);
  expect(new Set(read.certificates.map(hex))).toEqual(new Set(listed.map(hex)));
  await expect(
    issueMasterList(
      listed,
      { signer: { ...signer, keyLabel: 'csca-2' }, signedAt: from },
      trial.hsm,
    ),
  ).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });

  const crlOrder = { csca: trial.keys.csca, crlNumber: 1, thisUpdate: from, revoked: [] };
  const revocationList = await issueRevocationList(crlOrder, trial.hsm);
  const ldif = exportLdif({
    ...{ country: 'UT', masterList: list, revocationList },
    documentSigners: [trial.signer.certificate],
  });
  // Named as the files of the PKD name theirs: the issuer in escapes, and the serial number.
  const names = ldif
    .replaceAll('\n ', '')
    .split('\n')
    .flatMap((line) => (line.startsWith('dn: ') ? [line.slice(4)] : []));
  const root = 'c=UT,dc=data,dc=download,dc=pkd,dc=icao,dc=int';
  const serial = hex(parseCertificate(trial.signer.certificate).serialNumber).toUpperCase();
  const issuer = 'cn=CN\\=CSCA UTO trial\\,O\\=Persoline trial issuer\\,C\\=UT';
  expect(names.slice(1)).toEqual([
    ...[root, `o=dsc,${root}`, `${issuer}+sn=${serial},o=dsc,${root}`],
    ...[`o=crl,${root}`, `${issuer},o=crl,${root}`, `o=ml,${root}`, `${issuer},o=ml,${root}`],
  ]);
  expect(Math.max(...ldif.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  // The inspection's own reader takes each kind out of it again.
  const bytes = new Uint8Array(Buffer.from(ldif));
  expect(unpackTrust(bytes, 'csca').map(hex)).toEqual([hex(list)]);
  expect(unpackTrust(bytes, 'crl').map(hex)).toEqual([hex(revocationList)]);
  expect(unpackTrust(bytes, 'document-signer').map(hex)).toEqual([hex(trial.signer.certificate)]);
});

describe('is refused before anything is signed', () => {
  const from = addMonths(TRIAL_FROM, 1);
  const withSigner = async (
    kind: 'masterList' | 'deviationList',
    listed: readonly Uint8Array[],
  ) => {
    const order = { kind, keyLabel: `${kind}-9`, algorithm, from, csca: trial.keys.csca };
    const signer = await issueListSigner(plan, order, { hsm: trial.hsm, random: systemRandom });
    const sign = jest.spyOn(trial.hsm, 'sign');
    const outcome = await issueMasterList(listed, { signer, signedAt: from }, trial.hsm).catch(
      (error: unknown) => error,
    );
    const signatures = sign.mock.calls.length;
    sign.mockRestore();
    return { outcome, signatures };
  };

  test('with a certificate in it that is none of a CSCA', async () => {
    const { certificate } = trial.signer;
    const { outcome, signatures } = await withSigner('masterList', [certificate]);
    expect(outcome).toMatchObject({
      code: 'LIST_FAULTY',
      reasons: [
        'master-list-only-cscas: it lists a certificate that is none of a CSCA [9303-12 §9]',
      ],
    });
    expect(signatures).toBe(0);
  });

  test('by the signer of another kind of list', async () => {
    const { certificate } = trial.keys.csca;
    const { outcome, signatures } = await withSigner('deviationList', [certificate]);
    expect(outcome).toMatchObject({ code: 'CERTIFICATE_FAULTY' });
    expect(signatures).toBe(0);
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
