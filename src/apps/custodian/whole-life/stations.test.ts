import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { addMonths } from '../../../production/custody/add-months';
import { planUnderCsca } from '../../../production/custody/plan-under-csca';
import { addNextSigner } from '../../../production/custody/rotation/add-next-signer';
import type { CustodyStore } from '../../../production/document/custody/custody-store';
import type { LineStore } from '../../../production/document/line-store';
import { systemClock, systemRandom } from '../../system';
import { withTemporaryCustody } from '../../wiring/custody';
import { initTrialKeys, openKeys, type OpenKeys } from '../../wiring/keys';
import { openStore } from '../../wiring/store';
import { registerInvented } from './register-invented';

/** Stations as programs of their own, as they run on a line. */
const ROOT = join(__dirname, '../../../..');
const MAIN = join(ROOT, 'dist/src/apps/main.js');
const DAY_MS = 86_400_000;
const LIMIT = 3;

let folder: string;
const programs: ChildProcess[] = [];

beforeAll(async () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  folder = await mkdtemp(join(tmpdir(), 'persoline-stations-'));
  await chmod(folder, 0o755);
  await initTrialKeys({ directory: join(folder, 'keys') }, { country: 'UT', state: 'UTO' });
}, 120_000);
afterAll(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface World {
  readonly databaseUrl: string;
  readonly custody: CustodyStore;
  readonly store: LineStore;
}

/** A database that manages so many signers of three signatures each. */
async function withWorld(signers: number, work: (world: World) => Promise<void>): Promise<void> {
  const open = await openKeys({ directory: join(folder, 'keys') });
  const { hsm, keys } = open;
  await withTemporaryCustody(async (custody, databaseUrl) => {
    const opened = await openStore({ databaseUrl }, { hsm, label: keys.storageKeyLabel });
    try {
      for (let count = 0; count < signers; count++) await addSigner(custody, open);
      await work({ databaseUrl, custody, store: opened.store });
    } finally {
      await opened.close();
    }
  }).finally(() => hsm.close());
}

async function addSigner(custody: CustodyStore, { hsm, keys }: OpenKeys): Promise<void> {
  const { csca, state } = keys;
  const at = systemClock.now();
  const order = { csca, algorithm: csca.algorithm, from: at, at, maxSignatures: LIMIT };
  const plan = planUnderCsca(csca.certificate, { state });
  await addNextSigner(plan, order, { hsm, random: systemRandom, custody });
}

/** Starts a station, on a machine whose clock is wrong by so many days. */
async function startStation(
  { databaseUrl }: World,
  name: string,
  wrongByDays = 0,
): Promise<ChildProcess> {
  const preload = join(folder, `clock-${name}.cjs`);
  await writeFile(preload, wrongClock(wrongByDays * DAY_MS));
  const argv = ['key', 'whole-life-station', '--name', name, '--keys', join(folder, 'keys')];
  const program = spawn(
    process.execPath,
    ['-r', preload, MAIN, ...argv, '--out', join(folder, 'documents')],
    { env: { ...process.env, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  programs.push(program);
  return program;
}

function wrongClock(byMs: number): string {
  return `const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${byMs}) : super(...given); }
      static now() { return Real.now() + ${byMs}; }
    };`;
}

async function exitOf(program: ChildProcess): Promise<number | null> {
  if (program.exitCode !== null) return program.exitCode;
  const [code] = (await once(program, 'exit')) as [number | null];
  return code;
}

async function countsOf({
  custody,
}: World): Promise<readonly (readonly [string, number, number])[]> {
  const recorded = await custody.signers.countRecorded();
  return (await custody.signers.listSigners()).map(
    ({ number, state, reserved }) => [state, reserved, recorded.get(number) ?? 0] as const,
  );
}

test('four processes, two of them with wrong clocks, sign each card once while signers rotate', async () => {
  await withWorld(3, async (world) => {
    const before = systemClock.now();
    await registerInvented({ ...world, clock: systemClock }, { from: 1, count: 8 });
    const stations = await Promise.all([
      startStation(world, 'right-1'),
      startStation(world, 'right-2'),
      startStation(world, 'late', -400),
      startStation(world, 'early', 400),
    ]);
    expect(await Promise.all(stations.map(exitOf))).toEqual([0, 0, 0, 0]);
    expect(await countsOf(world)).toEqual([
      ['cut-over', 3, 3],
      ['cut-over', 3, 3],
      ['in-use', 2, 2],
    ]);
    const [one, two, three] = await world.custody.signers.listSigners();
    expect(one?.cutOverAt).toEqual(two?.inUseAt);
    expect(two?.cutOverAt).toEqual(three?.inUseAt);
    const times: Date[] = [];
    const read = (page: readonly { readonly signedAt: Date }[]): Promise<void> => {
      times.push(...page.map(({ signedAt }) => signedAt));
      return Promise.resolve();
    };
    for (const signer of [1, 2, 3]) await world.custody.signers.recall(signer, read);
    expect(times).toHaveLength(8);
    expect(Math.min(...times.map(Number))).toBeGreaterThanOrEqual(before.getTime() - DAY_MS / 24);
    expect(Math.max(...times.map(Number))).toBeLessThan(addMonths(before, 1).getTime());
  });
}, 600_000);

test('a station that is killed after it signed leaves a counted signature, and the card a second', async () => {
  await withWorld(1, async (world) => {
    await registerInvented({ ...world, clock: systemClock }, { from: 20, count: 1 });
    // Nobody writes into the ledger meanwhile: the station stands between signature and record.
    const holder = new Client({ connectionString: world.databaseUrl });
    await holder.connect();
    await holder.query('begin; lock table persoline.signature in share mode');
    const station = await startStation(world, 'killed');
    for (;;) {
      expect(station.exitCode).toBeNull();
      const waiting = await holder.query(
        "select from pg_locks where relation = 'persoline.signature'::regclass and not granted",
      );
      if (waiting.rowCount === 1) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    station.kill('SIGKILL');
    await exitOf(station);
    await holder.query('rollback');
    await holder.end();
    expect(await countsOf(world)).toEqual([['in-use', 1, 0]]);

    await world.store.releaseClaims('killed');
    expect(await exitOf(await startStation(world, 'next'))).toBe(0);
    expect(await countsOf(world)).toEqual([['in-use', 2, 1]]);
    const recalled: boolean[] = [];
    await world.custody.signers.recall(1, (page) => {
      recalled.push(...page.map(({ sodSha256 }) => sodSha256 !== undefined));
      return Promise.resolve();
    });
    // Both are listed: the first may be a signature that somebody holds.
    expect(recalled.toSorted()).toEqual([false, true]);
  });
}, 600_000);
