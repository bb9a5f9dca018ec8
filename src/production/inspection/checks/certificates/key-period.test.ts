import { encodeDg12 } from '../../../../standards/lds/dg12';
import { judgeFiles } from '../../judge-files';
import { makeSpecimen } from '../../testing/specimen-set';

/** The specimen's key is used from 2026-01-01 to 2030-01-01. */
async function outcomeWith(signed: string, issued: string): Promise<string | undefined> {
  const dateOfIssue = issued.replaceAll('-', '');
  const request = await makeSpecimen({
    signingTime: new Date(`${signed}T12:00:00Z`),
    beforeSigning: (files) => files.set('EF.DG12', encodeDg12({ dateOfIssue })),
  });
  const { checks } = judgeFiles(request);
  return checks.find(({ id }) => id === 'ICAO3:LDS_D/key-period')?.outcome;
}

test.each([
  ['both inside', '2026-06-15', '2026-06-15', 'pass'],
  ['issued on the eve, in another time zone', '2026-01-01', '2025-12-31', 'pass'],
  ['issued some days before the key came into use', '2026-01-10', '2025-12-20', 'note'],
  ['issued a year before', '2026-01-10', '2025-01-10', 'warning'],
  ['issued a year after its end', '2029-12-20', '2031-01-10', 'warning'],
  ['signed before', '2025-12-31', '2026-06-15', 'fail'],
  ['signed after', '2030-01-02', '2029-12-31', 'fail'],
])('%s', async (_, signed, issued, outcome) => {
  expect(await outcomeWith(signed, issued)).toBe(outcome);
});
