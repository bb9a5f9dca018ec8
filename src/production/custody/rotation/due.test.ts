import type { ManagedSigner, StoredRevocationList } from '../../document/custody/signer-store';
import { makeTrialSigner, TRIAL_FROM } from '../../signing/testing/trial-signer';
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
  const ask = (hours: number, revokedAfter?: number, list = true) => {
    const latest: StoredRevocationList = {
      ...{ number: 1, issuedAt: at, nextUpdate: after(90 * 24) },
      ...{ der: new Uint8Array(), issuer: new Uint8Array() },
    };
    const revoked: Partial<ManagedSigner> = {
      ...{ number: 7, ...(revokedAfter !== undefined && { revokedAt: after(revokedAfter) }) },
    };
    const signers = {
      latestRevocationList: () => Promise.resolve(list ? latest : undefined),
      listSigners: () => Promise.resolve([revoked as ManagedSigner]),
    };
    return askForRevocationList({ signers }, after(hours));
  };

  it('when there is none, when one is revoked, when it grows old; and says by how much it is late', async () => {
    expect(await ask(0, undefined, false)).toMatchObject({ due: true });
    expect(await ask(1)).toEqual({ due: false, nextAt: after(60 * 24) });
    expect(await ask(48, 1)).toEqual({ due: true, reason: 'DSC 7 is revoked and not in the list' });
    expect(await ask(52, 1)).toMatchObject({ due: true, lateBy: 3 * HOUR_MS });
    // One that was revoked before the list was issued is in it.
    expect(await ask(1, -1)).toMatchObject({ due: false });
    expect(await ask(60 * 24)).toEqual({
      ...{ due: true, reason: 'the list is 60 days old or older' },
    });
    expect(await ask(91 * 24)).toMatchObject({ due: true, lateBy: 24 * HOUR_MS });
  });
});
