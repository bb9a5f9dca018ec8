import type { SecurityInfo } from '../../../../standards/lds/security-infos';
import { makeTestChain } from '../../../../standards/pki/testing/test-issuer';
import { judgeFiles } from '../../judge-files';
import { makeCardSecurity } from '../../testing/card-security-file';
import { makeSpecimen, SPECIMEN_CHAIN } from '../../testing/specimen-set';

const pace = (parameterId: number): SecurityInfo => ({
  kind: 'pace',
  oid: '0.4.0.127.0.7.2.2.4.2.2',
  version: 2,
  parameterId,
});

async function failuresWith(file: Uint8Array): Promise<readonly (string | undefined)[]> {
  const { files, ...rest } = await makeSpecimen();
  const report = judgeFiles({ ...rest, files: new Map(files).set('EF.CardSecurity', file) });
  return report.checks.filter(({ outcome }) => outcome === 'fail').map(({ reason }) => reason?.en);
}

test('that repeats EF.CardAccess under a good signature passes', async () => {
  expect(await failuresWith(makeCardSecurity([pace(13)], SPECIMEN_CHAIN))).toEqual([]);
});

test('that says something else is refused', async () => {
  expect(await failuresWith(makeCardSecurity([pace(12)], SPECIMEN_CHAIN))).toEqual([
    'EF.CardAccess has PACE ECDH-GM AES-128, parameters 13, which EF.CardSecurity does not repeat.',
    'EF.CardSecurity signs PACE ECDH-GM AES-128, parameters 12, which EF.CardAccess does not offer.',
  ]);
});

test('with a signature that is wrong is refused', async () => {
  const file = makeCardSecurity([pace(13)], SPECIMEN_CHAIN);
  expect(await failuresWith(file.with(-1, (file.at(-1) ?? 0) ^ 1))).toEqual([
    expect.stringMatching(/^The signature of EF.CardSecurity is wrong/),
  ]);
});

test('that somebody else signed is refused', async () => {
  const other = makeTestChain('ecdsa-P-256-sha256');
  expect(await failuresWith(makeCardSecurity([pace(13)], other))).toEqual([
    'No given CSCA issued the signer of EF.CardSecurity.',
  ]);
});
