import {
  effectiveReadingRights,
  roleOf,
} from '../../../standards/access/terminal-authentication/cv-authorization';
import type { CvCertificate } from '../../../standards/access/terminal-authentication/cv-certificate';
import {
  importCvCertificate,
  orderCvChain,
  trustPointOf,
} from '../../../standards/access/terminal-authentication/cv-chain';
import { verifyWithCvKey } from '../../../standards/access/terminal-authentication/cv-public-key';
import { makeTrialSigner, type TrialSigner } from '../../signing/testing/trial-signer';
import type { CvKey } from './cv-key';
import { makeCvKey, signWithCvKey } from './cv-key';
import { issueCvCertificate, type CvCertificateOrder } from './issue-cv-certificate';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const rights = { dg3: true, dg4: false };

let trial: TrialSigner;
beforeAll(async () => {
  trial = await makeTrialSigner('ecdsa-P-256-sha256');
});
afterAll(() => trial.remove());

describe.each([
  ['ecdsa-brainpoolP256r1-sha256', 'A'],
  ['ecdsa-P-521-sha512', 'B'],
  ['rsa-2048-pss-sha256', 'C'],
])('terminals by %s', (algorithm, letter) => {
  const keys: Record<string, CvKey> = {};
  const issue = async (order: Partial<CvCertificateOrder> & Pick<CvCertificateOrder, 'holder'>) =>
    (
      await issueCvCertificate(
        {
          ...{ above: [], signingAlgorithm: algorithm, rights },
          ...{ from: day('2026-03-02'), until: day('2026-06-01') },
          ...order,
        },
        trial.hsm,
      )
    ).certificate;
  let cvca: CvCertificate;
  let dv: CvCertificate;
  beforeAll(async () => {
    for (const [name, role] of [
      ['CVCA00001', 'cvca'],
      ['CVCA00002', 'cvca'],
      ['DV00001', 'domestic-dv'],
      ['IS00001', 'terminal'],
    ] as const) {
      const reference = `UT${letter}${name}`;
      keys[name] = await makeCvKey({ reference, role, algorithm }, trial.hsm);
    }
    const until = day('2029-03-01');
    cvca = await issue({ holder: keys['CVCA00001']!, rights: { dg3: true, dg4: true }, until });
    dv = await issue({ holder: keys['DV00001']!, above: [cvca] });
  }, 60_000);

  test('are certified from CVCA to terminal, and a chip takes the chain', async () => {
    const terminal = await issue({ holder: keys['IS00001']!, above: [cvca, dv] });
    const chain = orderCvChain([terminal, dv, cvca], [cvca.holderReference]);
    expect(chain.map(({ authorization }) => roleOf(authorization))).toEqual([
      'domestic-dv',
      'terminal',
    ]);
    const state = { trustPoints: [trustPointOf(cvca)], currentDate: '260302' };
    const { imported } = chain.reduce(importCvCertificate, state);
    expect(effectiveReadingRights(imported!.authorizations)).toEqual({ dg3: true, dg4: false });
    const message = Uint8Array.of(1, 2, 3);
    const signature = await signWithCvKey(keys['IS00001']!, message, trial.hsm);
    expect(verifyWithCvKey(imported!.publicKey, message, signature)).toBe(true);
  });

  test('come to the next CVCA by a link certificate', async () => {
    const link = await issue({
      holder: keys['CVCA00002']!,
      above: [cvca],
      until: day('2032-01-01'),
    });
    expect(link.authorityReference).toBe(cvca.holderReference);
    const state = { trustPoints: [trustPointOf(cvca)], currentDate: '260302' };
    const { trustPoints } = importCvCertificate(state, link);
    expect(trustPoints.map(({ reference }) => reference)).toContain(link.holderReference);
  });

  test('get nothing that a chip would refuse', async () => {
    const holder = keys['IS00001']!;
    await expect(issue({ holder, above: [cvca] })).rejects.toMatchObject({
      code: 'CERTIFICATE_FAULTY',
      reasons: [expect.stringContaining('a cvca signed a terminal')],
    });
    await expect(
      issue({ holder, above: [cvca, dv], until: day('2030-01-01') }),
    ).rejects.toMatchObject({
      reasons: [`it is good on days when ${dv.holderReference} is not`],
    });
    await expect(
      issue({ holder, above: [cvca, dv], until: day('2026-03-01') }),
    ).rejects.toMatchObject({ reasons: ['it ends before it begins'] });
  });

  test('have keys that serve one purpose each', async () => {
    const misused = { ...keys['IS00001']!, role: 'cvca' } as const;
    await expect(signWithCvKey(misused, Uint8Array.of(1), trial.hsm)).rejects.toMatchObject({
      code: 'HSM_WRONG_USE',
    });
  });
});

test('a name that is none makes no key', async () => {
  for (const reference of ['UT1', 'utCVCA00001', 'UTCVCA-00001', 'UTMNEMONICTOOLONG00001']) {
    const order = { reference, role: 'cvca', algorithm: 'ecdsa-P-256-sha256' } as const;
    await expect(makeCvKey(order, trial.hsm)).rejects.toMatchObject({ code: 'USAGE' });
  }
});
