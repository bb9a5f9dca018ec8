import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPersoline } from './testing/run-persoline';

test('a file that is no card-verifiable certificate is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'persoline-cv-'));
  const file = join(folder, 'other.bin');
  await writeFile(file, Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00));
  const made = await runPersoline('terminal-pki', 'ef-cvca', file, '--out', join(folder, 'out'));
  expect(made.status).toBe(1);
  expect(made.err).toContain(`${file}: CV certificate`);
  await rm(folder, { recursive: true });
});
