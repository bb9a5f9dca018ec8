import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(__dirname, '../../dist/src/apps/main.js');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-main-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A vector file of many entries, the last of them wrong. */
async function wrongAtTheEnd(): Promise<string> {
  const entries = Array.from({ length: 2000 }, (_, index) => ({
    id: `cmac-${index}`,
    inputs: { key: '2B7E151628AED2A6ABF7158809CF4F3C', message: '' },
    expected: { mac: `BB1D6929E95937287FA37D129B75674${index === 1999 ? '7' : '6'}` },
  }));
  const file = join(folder, 'many.json');
  await writeFile(file, JSON.stringify({ topic: 'AES-CMAC', entries }));
  return file;
}

test('a command whose reader went away ends its work, with its own status and no stack', async () => {
  const junit = join(folder, 'results.xml');
  const child = spawn(
    process.execPath,
    [MAIN, 'vectors', 'run', await wrongAtTheEnd(), '--junit', junit],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [status] = (await once(child, 'close')) as [number];
  expect([status, said]).toEqual([1, '']);
  expect(await readFile(junit, 'utf8')).toContain('failures="1"');
}, 60_000);
