import { encodeDg14 } from '../../../../standards/lds/dg14';
import { encodeCardAccess } from '../../../../standards/lds/ef-card-access';
import type { SecurityInfo } from '../../../../standards/lds/security-infos';
import type { LdsFileName } from '../../../document/lds-files';
import { judgeFiles } from '../../judge-files';
import { makeCardSecurity } from '../../testing/card-security-file';
import { EAC_MRZ, inspectNew, reasonsOf } from '../../testing/inspect-eac';
import { SPECIMEN_CAN } from '../../testing/personalized-chip';
import { makeSpecimen, SPECIMEN_CHAIN } from '../../testing/specimen-set';

jest.setTimeout(60_000);

const pace = (parameterId: number): SecurityInfo => ({
  kind: 'pace',
  oid: '0.4.0.127.0.7.2.2.4.2.2',
  version: 2,
  parameterId,
});

async function judged(change: (files: Map<LdsFileName, Uint8Array>) => void) {
  const request = await makeSpecimen({ beforeSigning: change });
  return judgeFiles(request);
}

test('a variant that is signed in EF.DG14 and gone from EF.CardAccess is named', async () => {
  const report = await judged((files) => files.set('EF.DG14', encodeDg14([pace(13), pace(16)])));
  expect(reasonsOf(report, 'fail')).toEqual([
    'EF.DG14 signs PACE ECDH-GM AES-128, parameters 16, which EF.CardAccess does not offer.',
  ]);
});

test('so is one that is signed in EF.CardSecurity', async () => {
  const { files, ...rest } = await makeSpecimen();
  const security = makeCardSecurity([pace(13), pace(12)], SPECIMEN_CHAIN);
  const report = judgeFiles({ ...rest, files: new Map(files).set('EF.CardSecurity', security) });
  expect(reasonsOf(report, 'fail')).toEqual([
    'EF.CardSecurity signs PACE ECDH-GM AES-128, parameters 12, which EF.CardAccess does not offer.',
  ]);
});

test('files without EF.CardAccess leave it open', async () => {
  const report = await judged((files) => files.delete('EF.CardAccess'));
  expect(reasonsOf(report, 'fail')).toEqual([]);
  expect(reasonsOf(report, 'not-checked')).toContain(
    'EF.DG14 signs what EF.CardAccess offers, but that file is not there.',
  );
});

describe('a chip whose EF.CardAccess was changed by somebody else', () => {
  const chip = (infos: readonly SecurityInfo[]) => ({
    beforeWriting: (files: Map<LdsFileName, Uint8Array>) => {
      if (infos.length === 0) files.delete('EF.CardAccess');
      else files.set('EF.CardAccess', encodeCardAccess(infos));
    },
  });
  const strong = { oid: '0.4.0.127.0.7.2.2.4.2.4', parameterId: 16 };
  const weak = { oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 };

  test('opens with BAC where PACE was taken away, and is found out', async () => {
    const report = await inspectNew({ access: { mrz: EAC_MRZ } }, { pace: [weak] }, chip([]));
    expect(reasonsOf(report, 'fail')).toContain(
      'EF.DG14 signs PACE ECDH-GM AES-128, parameters 13, which EF.CardAccess does not offer.',
    );
  });

  test('opens with the weaker variant that was left, and is found out', async () => {
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN } },
      { pace: [strong, weak] },
      chip([{ kind: 'pace', version: 2, ...weak }]),
    );
    expect(reasonsOf(report, 'fail')).toContain(
      'EF.DG14 signs PACE ECDH-GM AES-256, parameters 16, which EF.CardAccess does not offer.',
    );
  });

  test('stays closed without PACE where BAC is not allowed', async () => {
    const wish = { access: { mrz: EAC_MRZ }, policy: 'pace-only' } as const;
    await expect(inspectNew(wish, { pace: [weak] }, chip([]))).rejects.toMatchObject({
      code: 'CARD_ACCESS_DENIED',
      reasons: expect.arrayContaining(['BAC is not allowed']) as string[],
    });
  });
});
