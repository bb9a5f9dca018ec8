import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type PcscdSandbox, startPcscdSandbox } from '../../adapters/pcsc/sandbox/pcscd-sandbox';
import { CHIP_KINDS } from '../../simulation/chip/chip-kinds';
import { runPersoline } from '../testing/run-persoline';

/** `card simulate` as built, on a real pcscd, with another party's program at the other end. */
const ROOT = join(__dirname, '../../..');
const MAIN = join(ROOT, 'dist/src/apps/main.js');
const KINDS = Object.keys(CHIP_KINDS);
const GET_SERIAL = '80CA9F7F00';
const ATTEMPTS = 50;

let folder: string;
let sandbox: PcscdSandbox;

beforeAll(async () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  folder = await mkdtemp(join(tmpdir(), 'persoline-simulate-'));
  sandbox = await startPcscdSandbox({ readers: 6 });
}, 180_000);
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Simulation {
  /** What it said of each chip, in the order in which the chips came to lie there. */
  readonly said: readonly string[];
  /** Takes the chips out. */
  readonly interrupt: () => Promise<number | null>;
}

/** Starts it and waits until all its chips lie in their readers. */
async function simulate(chips: number, ...argv: readonly string[]): Promise<Simulation> {
  const process_ = sandbox.start(process.execPath, [MAIN, 'card', 'simulate', ...argv]);
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    linesOf(process_).on('line', (line) => {
      said.push(line);
      if (said.length === chips) resolve();
    });
    process_.once('exit', () => reject(new Error(`it ended: ${said.join(' ')}`)));
  });
  return {
    said,
    interrupt: async () => {
      const exited = once(process_, 'exit');
      process_.kill('SIGINT');
      const [status] = (await exited) as [number | null];
      return status;
    },
  };
}

function linesOf({ stderr }: ChildProcess) {
  if (stderr === null) throw new Error('the process has no output');
  return createInterface({ input: stderr });
}

function readerAt(index: number) {
  const reader = sandbox.readers[index];
  if (reader === undefined) throw new Error('the sandbox has too few readers');
  return reader;
}

/** What OpenSC's tool gets from the card in a reader, once pcscd has powered it. */
async function ask(index: number, ...commands: readonly string[]): Promise<string> {
  const apdus = commands.flatMap((hex) => ['--send-apdu', hex]);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const tool = ['--reader', readerAt(index).name, ...apdus];
    const { status, stdout } = await sandbox.run('opensc-tool', tool);
    if (status === 0) return stdout;
    await delay(200);
  }
  throw new Error('no card came into the reader');
}

test('every kind of chip at once, each in a reader of its own, known by its serial', async () => {
  const chips = KINDS.flatMap((kind) => ['--chip', kind]);
  const ports = KINDS.flatMap((_, index) => ['--port', String(readerAt(index).port)]);
  const simulation = await simulate(KINDS.length, ...chips, ...ports);
  for (const [index, kind] of KINDS.entries()) {
    const line = simulation.said.find((said) => said.startsWith(`${kind} `));
    expect(line).toContain(`lies in the reader at 127.0.0.1:${readerAt(index).port}`);
    const serial = /serial ([0-9A-F]{8})/.exec(line ?? '')?.[1] ?? 'none';
    const domain = kind === 'gp-emrtd' ? ['00A4040008A000000151000000'] : [];
    const answer = await ask(index, ...domain, GET_SERIAL);
    expect(answer).toContain('SW1=0x90, SW2=0x00');
    expect(hexOf(answer)).toContain(serial);
  }

  const { port } = readerAt(0);
  const second = await sandbox.run(process.execPath, [
    ...[MAIN, 'card', 'simulate', '--chip', 'training-card', '--port', String(port)],
  ]);
  expect(second).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(
      new RegExp(`^error: READER_BUSY: .*127.0.0.1:${port}: .*another one lies in this slot\n`),
    ) as string,
  });
  expect(await ask(0, GET_SERIAL)).toContain('SW1=0x90, SW2=0x00');
  expect(await simulation.interrupt()).toBe(0);
}, 120_000);

/** The bytes of OpenSC's dumps, as hexadecimal. */
function hexOf(dump: string): string {
  return [...dump.matchAll(/^((?:[0-9A-F]{2} )+)/gm)]
    .map(([, row]) => row)
    .join('')
    .replaceAll(' ', '');
}

test('a chip that is kept in a file is the same one when it is put in again', async () => {
  const file = join(folder, 'chip.json');
  const place = ['--chip', 'passport-applet', '--port', String(readerAt(4).port), '--state', file];
  const first = await simulate(1, ...place);
  expect(await ask(4, '00A4040C07A0000002471001')).toContain('SW1=0x90');
  expect(await first.interrupt()).toBe(0);
  const kept = await readFile(file, 'utf8');
  const again = await simulate(1, ...place);
  expect(again.said).toEqual(first.said.slice(0, 1));
  expect(await again.interrupt()).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(kept);

  const other = ['--chip', 'gp-emrtd', '--state', file];
  expect((await runPersoline('card', 'simulate', ...other)).err).toContain(
    'it holds a chip of the kind passport-applet',
  );
}, 120_000);

test('where one chip cannot be put in, the others are taken out, and kept in their files', async () => {
  const file = join(folder, 'beside.json');
  const beside = ['--chip', 'passport-applet', '--port', String(readerAt(5).port)];
  const kept = ['--state', file, '--state', '/nowhere/chip.json'];
  const end = await sandbox.run(process.execPath, [
    ...[MAIN, 'card', 'simulate', ...beside, ...kept],
    ...['--chip', 'gp-emrtd', '--port', String(readerAt(4).port)],
  ]);
  expect(end).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/taken out of the reader after \d+ APDUs\nerror: /) as string,
  });
  expect(end.stderr).toContain('OUTPUT_UNWRITABLE');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ kind: 'passport-applet' });
}, 60_000);

test.each([
  ['an unknown kind', ['--chip', 'nonsense'], 2, `can be simulated: ${KINDS.join(', ')}`],
  ['no kind', [], 2, 'no chip is named'],
  ['a port that is none', ['--chip', 'gp-emrtd', '--port', '99999'], 2, '"99999" is no port'],
  [
    'one port for two chips',
    ['--chip', 'gp-emrtd', '--chip', 'gp-emrtd', '--port', '35963', '--port', '35963'],
    2,
    '--port: 35963 is given to two chips',
  ],
  [
    'one file for two chips',
    ['--chip', 'gp-emrtd', '--chip', 'gp-emrtd', '--state', 'a.json', '--state', 'a.json'],
    2,
    '--state: a.json is given to two chips',
  ],
  [
    'a file that cannot be written',
    ['--chip', 'gp-emrtd', '--state', '/nowhere/chip.json'],
    2,
    'OUTPUT_UNWRITABLE',
  ],
  [
    'a port without a driver',
    ['--chip', 'gp-emrtd', '--port', '1'],
    3,
    'is pcscd running with vsmartcard-vpcd?',
  ],
])(
  'refuses %s',
  async (_, argv, status, words) => {
    const end = await runPersoline('card', 'simulate', ...argv);
    expect(end.err).toContain(words);
    expect(end.status).toBe(status);
    expect(end.err.split('\n')[1]).toMatch(/^hint: /);
  },
  60_000,
);

test('refuses a file that holds no chip', async () => {
  const file = join(folder, 'garbage.json');
  await writeFile(file, '{}');
  const end = await runPersoline('card', 'simulate', '--chip', 'gp-emrtd', '--state', file);
  expect(end.err).toContain('it holds no virtual chip');
  expect(end.err).toContain('INPUT_MALFORMED');
});
