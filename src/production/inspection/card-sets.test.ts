import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InspectionReport } from '../document/inspection-report';
import { CHECKS } from './check-registry';
import { judgeFiles, type JudgeRequest } from './judge-files';
import { BAD_CHIPS } from './testing/bad-chips';
import { BAD_SETS } from './testing/card-sets/bad-sets';
import { GOOD_SETS } from './testing/card-sets/good-sets';
import { makeSpecimen } from './testing/specimen-set';

/** The sets in test-vectors/good and test-vectors/bad, as others would judge them. */

interface Row {
  readonly id: string;
  readonly at: string;
  readonly sha256: string;
  readonly check: string;
  readonly reason: string;
  readonly outcome?: 'fail' | 'warning' | 'note';
  readonly also?: readonly string[];
  readonly warnings?: readonly string[];
}

const root = join(__dirname, '../../../test-vectors');
const indexOf = (kind: string) =>
  (JSON.parse(readFileSync(join(root, kind, 'index.json'), 'utf8')) as { sets: readonly Row[] })
    .sets;
const good = indexOf('good');
const bad = indexOf('bad');

function readSet(kind: string, id: string): readonly [string, Uint8Array][] {
  const folder = join(root, kind, id);
  return readdirSync(folder)
    .toSorted()
    .map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]);
}

function judge(kind: string, { id, at }: Row): InspectionReport {
  const parts = new Map(readSet(kind, id));
  const crl = parts.get('CSCA.crl');
  return judgeFiles({
    files: new Map(
      [...parts]
        .filter(([name]) => name.startsWith('EF.'))
        .map(([name, bytes]) => [name.slice(0, -4), bytes]),
    ),
    trust: {
      cscas: [parts.get('CSCA.cer') ?? new Uint8Array()],
      crls: crl === undefined ? [] : [crl],
    },
    at: new Date(at),
  });
}

/** What was said against the set, as `check: reason`. */
function saidOf({ checks }: InspectionReport, ...outcomes: readonly string[]): string[] {
  return checks
    .filter(({ outcome }) => outcomes.includes(outcome))
    .map(({ id, reason }) => `${id}: ${reason?.en ?? ''}`);
}

test('the folders hold what the definitions name', () => {
  expect(good.map(({ id }) => id)).toEqual(GOOD_SETS.map(({ id }) => id));
  expect(bad.map(({ id }) => id)).toEqual(BAD_SETS.map(({ id }) => id));
  expect(bad.length).toBeGreaterThanOrEqual(60);
});

test('every bad set names a check that there is', () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(bad.filter(({ check }) => !ids.includes(check))).toEqual([]);
});

test('every check has something bad that it must find: a set, or a chip', () => {
  const found = new Set([...bad, ...BAD_CHIPS].map(({ check }) => check));
  expect(CHECKS.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

test.each(BAD_CHIPS)('$check: $fault', async ({ check, outcome, reason, change }) => {
  const specimen = await makeSpecimen();
  const about = (request: JudgeRequest) =>
    judgeFiles(request)
      .checks.filter(({ id }) => id === check)
      .map((one) => `${one.outcome}: ${one.reason?.en ?? ''}`);
  expect(about(specimen)).not.toContain(`${outcome}: ${reason}`);
  expect(about(change(specimen))).toContain(`${outcome}: ${reason}`);
});

test.each([
  ...good.map((row) => ['good', row] as const),
  ...bad.map((row) => ['bad', row] as const),
])('%s/$id is the one that was written', (kind, row) => {
  const digest = createHash('sha256');
  for (const [name, bytes] of readSet(kind, row.id)) digest.update(name).update(bytes);
  expect(digest.digest('hex')).toBe(row.sha256);
});

test.each(good)('good/$id passes without undeserved warnings', (row) => {
  const report = judge('good', row);
  expect(saidOf(report, 'fail')).toEqual([]);
  expect(saidOf(report, 'warning')).toEqual(row.warnings ?? []);
  expect(report.verdict).toBe('pass');
});

test.each(bad)('bad/$id: $check', (row) => {
  const report = judge('bad', row);
  const outcome = row.outcome ?? 'fail';
  // A note is no fault: only a set that is about one counts them.
  const said = saidOf(report, 'fail', 'warning', ...(outcome === 'note' ? ['note'] : []));
  const named = saidOf(report, outcome).find(
    (one) => one.startsWith(`${row.check}: `) && one.includes(row.reason),
  );
  expect({ named, said }).toMatchObject({ named: expect.stringContaining(row.reason) as string });
  const others = said.filter((one) => one !== named);
  expect(others.filter((one) => !(row.also ?? []).some((start) => one.startsWith(start)))).toEqual(
    [],
  );
  expect((row.also ?? []).filter((start) => !others.some((one) => one.startsWith(start)))).toEqual(
    [],
  );
  expect(report.verdict).toBe(outcome === 'fail' ? 'fail' : 'pass');
  const sentence = named?.slice(row.check.length + 2).replace(/\.$/, '');
  if (outcome !== 'note') expect(report.sentence.en).toContain(sentence);
});
