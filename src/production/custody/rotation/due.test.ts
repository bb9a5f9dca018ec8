import { parseCertificate } from '../../../standards/pki/certificate';
import type { ManagedSigner, StoredRevocationList } from '../../document/custody/signer-store';
import { makeTrialSigner, TRIAL_FROM, type TrialSigner } from '../../signing/testing/trial-signer';
import { issueRevocationList } from '../issue-revocation-list';
import { addMonths } from '../add-months';
import { dueOfCscas } from './due-of-cscas';
import { askForRevocationList } from './publish-revocation-list';

const HOUR_MS = 3_600_000;
const at = new Date('2026-03-02T08:00:00Z');
const after = (hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);

test('a CSCA asks for its roll-over half a year before its key ceases to sign', async () => {
  const trial = await makeTrialSigner('ecdsa-P-256-sha256');
  await trial.remove();
  const csca = { ...trial.keys.csca, number: 1, addedAt: TRIAL_FROM };
  const due = (months: number): readonly string[] =>
    dueOfCscas([csca], addMonths(TRIAL_FROM, months));
  expect(due(41)).toEqual([]);
  expect(due(43).join()).toContain('its roll-over is due');
  expect(due(49).join()).toContain('ceased to sign');
  expect(dueOfCscas([], at)).toEqual([]);
});

describe('a revocation list is due', () => {
  let trial: TrialSigner;
  let lists: Readonly<Record<'empty' | 'full', Uint8Array>>;
  beforeAll(async () => {
    trial = await makeTrialSigner('ecdsa-P-256-sha256');
    const { serialNumber } = parseCertificate(trial.signer.certificate);
    const order = { csca: trial.keys.csca, crlNumber: 1, thisUpdate: at };
    const revoked = [{ serialNumber, revokedAt: at }];
    lists = {
      empty: await issueRevocationList({ ...order, revoked: [] }, trial.hsm),
      full: await issueRevocationList({ ...order, revoked }, trial.hsm),
    };
  });
  afterAll(() => trial.remove());

  const ask = (hours: number, revokedAfter?: number, list?: 'empty' | 'full' | 'none') => {
    const latest: StoredRevocationList = {
      ...{ number: 1, issuedAt: at, nextUpdate: after(90 * 24), issuer: new Uint8Array() },
      der: list === 'full' ? lists.full : lists.empty,
    };
    const revoked: Partial<ManagedSigner> = {
      ...{ number: 7, signer: trial.signer },
      ...(revokedAfter !== undefined && { revokedAt: after(revokedAfter) }),
    };
    const signers = {
      latestRevocationList: () => Promise.resolve(list === 'none' ? undefined : latest),
      listSigners: () => Promise.resolve([revoked as ManagedSigner]),
    };
    return askForRevocationList({ signers }, after(hours));
  };

  it('when there is none, when one is revoked, when it grows old; and says by how much it is late', async () => {
    expect(await ask(0, undefined, 'none')).toMatchObject({ due: true });
    expect(await ask(1)).toEqual({ due: false, nextAt: after(60 * 24) });
    expect(await ask(48, 1)).toEqual({ due: true, reason: 'DSC 7 is revoked and not in the list' });
    expect(await ask(52, 1)).toMatchObject({ due: true, lateBy: 3 * HOUR_MS });
    expect(await ask(60 * 24)).toEqual({
      ...{ due: true, reason: 'the list is 60 days old or older' },
    });
    expect(await ask(91 * 24)).toMatchObject({ due: true, lateBy: 24 * HOUR_MS });
  });

  it('as long as a revocation is not in it, whatever clock it was revoked by', async () => {
    expect(await ask(1, -1)).toMatchObject({ due: true });
    expect(await ask(1, -1, 'full')).toMatchObject({ due: false });
    expect(await ask(1, 1, 'full')).toMatchObject({ due: false });
    // What has expired stands in no list any more.
    expect(await ask(30 * 365 * 24, -1)).toMatchObject({
      reason: expect.stringContaining('old') as string,
    });
  });
});
