import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import { runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';
import { withTemporaryCustody } from './custody';
import { initTrialKeys, openKeys, type OpenKeys } from './keys';
import { openLineSigners } from './line-signers';

let folder: string;
let keys: OpenKeys;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-line-signers-'));
  await initTrialKeys({ directory: join(folder, 'keys') }, { country: 'VN', state: 'VNM' });
  keys = await openKeys({ directory: join(folder, 'keys') });
});
afterAll(async () => {
  await keys.hsm.close();
  await rm(folder, { recursive: true, force: true });
});

async function withEnvironment<T>(
  values: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, values);
  try {
    return await work();
  } finally {
    process.env = before;
  }
}

const wish = { station: 'station-1' };
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((caught: unknown) => caught);
  return error instanceof ProductionError ? error.code : 'none';
};

test('a line signs by its database; by a key directory only where that manages none, in trials', async () => {
  await withTemporaryCustody(async (custody, databaseUrl) => {
    const production = { PERSOLINE_MODE: 'production' };
    const open = () => openLineSigners(custody, keys.keys);
    const trial = await (await open()).takeTurn(wish);
    expect(trial.signer.keyLabel).toBe('dsc-1');
    expect(trial.reservationId).toBeUndefined();
    expect(await codeOf(withEnvironment(production, open))).toBe('SIGNER_NONE_READY');

    const named = ['--keys', join(folder, 'keys')];
    const database = { DATABASE_URL: databaseUrl };
    const adopt = () => runPersoline('key', 'adopt', ...named, '--max-signatures', '2');
    expect(await withEnvironment(database, adopt)).toMatchObject({ status: 0 });
    expect(await (await withEnvironment(production, open)).takeTurn(wish)).toMatchObject({
      reservationId: 1,
      number: 1,
    });

    // Beside the line it is counted too, and refused where the count is used up.
    const record = await writeSpecimen(folder, inventSpecimen('vn-cccd-2021'));
    const build = (out: string) =>
      withEnvironment(database, () =>
        runPersoline(
          ...['document', 'build', '--record', record, '--profile', 'vn-cccd-2021'],
          ...['--out', join(folder, out), ...named],
        ),
      );
    expect(await build('counted')).toMatchObject({ status: 0 });
    expect((await custody.signers.listSigners())[0]?.reserved).toBe(2);
    expect(await build('one-too-many')).toMatchObject({
      ...{ status: 3, err: expect.stringContaining('SIGNER_NONE_READY') as string },
    });
    const list = join(folder, 'recall.csv');
    const recall = () => runPersoline('key', 'recall', '1', '--out', list);
    expect((await withEnvironment(database, recall)).out).toContain('2 documents of DSC 1');
    const lines = (await readFile(list, 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe('document,signed_at,station,sod_sha256');
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^,20\d\d-[^,]+Z,station-1,$/),
      expect.stringMatching(/^,20\d\d-[^,]+Z,document-build,$/),
    ]);
  });
}, 120_000);

test('production refuses a database that is a rehearsal', async () => {
  await withTemporaryCustody(async (custody) => {
    await custody.signers.declareRehearsal();
    const open = () => openLineSigners(custody, keys.keys);
    const refused = withEnvironment({ PERSOLINE_MODE: 'production' }, open);
    expect(await codeOf(refused)).toBe('KEYS_NOT_FOR_PRODUCTION');
  });
}, 120_000);
