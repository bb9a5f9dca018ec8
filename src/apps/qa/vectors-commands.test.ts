import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPersoline } from '../testing/run-persoline';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-vectors-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function vectorFile(name: string, mac: string): Promise<string> {
  const file = join(folder, name);
  const inputs = { key: '2B7E151628AED2A6ABF7158809CF4F3C', message: '' };
  const entries = [
    { id: 'cmac', inputs, expected: { mac } },
    { id: 'more', inputs, expected: { mac_8: 'bb1d6929e9593728', colour: 'blue' } },
  ];
  await writeFile(file, JSON.stringify({ topic: 'AES-CMAC', entries }));
  return file;
}

const RIGHT = 'BB1D6929E95937287FA37D129B756746';
const WRONG = 'BB1D6929E95937287FA37D129B756747';

test('all right: one line an entry, the reason for what was not checked, status 0', async () => {
  const { status, out } = await runPersoline(
    'vectors',
    'run',
    await vectorFile('right.json', RIGHT),
  );
  expect(status).toBe(0);
  expect(out).toContain('passed       cmac (1 of 1 members)');
  expect(out).toContain('not checked  more (1 of 2 members)');
  expect(out).toContain('not checked colour: the runner does not know this member');
  expect(out).toContain('2 entries in 1 files: 1 passed, 0 failed, 1 not checked');
});

test('a wrong figure: both values, status 1, and the same as JSON and JUnit', async () => {
  const file = await vectorFile('wrong.json', WRONG);
  const junit = join(folder, 'results.xml');
  const { status, out } = await runPersoline('vectors', 'run', file, '--junit', junit);
  expect(status).toBe(1);
  expect(out).toMatch(new RegExp(`failed mac\\n +expected ${WRONG}\\n +got +${RIGHT}`));
  const xml = await readFile(junit, 'utf8');
  expect(xml).toContain('tests="2" failures="1" errors="0" skipped="1"');
  expect(xml).toContain(`expected: ${WRONG}\ngot: ${RIGHT}</failure>`);
  const json = await runPersoline('vectors', 'run', file, '--json');
  expect(json.status).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    files: [{ topic: 'AES-CMAC', entries: [{ id: 'cmac', outcome: 'failed' }, {}] }],
    counts: { passed: 0, failed: 1, 'not-checked': 1 },
  });
});

test('a file that is none stands beside the results of the others', async () => {
  const broken = join(folder, 'broken.json');
  await writeFile(broken, 'not JSON');
  const right = await vectorFile('beside.json', RIGHT);
  const { status, out, err } = await runPersoline('vectors', 'run', broken, right);
  expect(status).toBe(1);
  expect(out).toContain('1 passed');
  expect(err).toMatch(/^error: INPUT_MALFORMED: .*broken\.json: line 1, column \d+: is not JSON/);
  const missing = await runPersoline('vectors', 'run', join(folder, 'nowhere.json'));
  expect(missing.status).toBe(2);
  expect(missing.err).toContain('error: INPUT_UNREADABLE');
});

test('wrong use is 2, and the topics have names', async () => {
  expect((await runPersoline('vectors', 'run')).status).toBe(2);
  const unwritable = await runPersoline(
    'vectors',
    'run',
    await vectorFile('junit.json', RIGHT),
    '--junit',
    join(folder, 'no', 'where.xml'),
  );
  expect(unwritable.status).toBe(2);
  const { status, out } = await runPersoline('vectors', 'topics');
  expect([status, out.split('\n').length]).toEqual([0, 12]);
  expect(JSON.parse((await runPersoline('vectors', 'topics', '--json')).out)).toContain('EF.SOD');
});
