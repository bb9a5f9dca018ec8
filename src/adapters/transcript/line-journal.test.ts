import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineJournal } from './line-journal';

test('a line that was cut off is no line, and is overwritten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'persoline-journal-'));
  const path = join(folder, 'journal.ndjson');
  try {
    const journal = new LineJournal<{ n: number; t?: string }>(path);
    expect(await journal.read()).toEqual([]);
    appendFileSync(path, '{"n":');
    await journal.append({ n: 1, t: 'bước một' });
    appendFileSync(path, '{"n":2');
    expect(await journal.read()).toEqual([{ n: 1, t: 'bước một' }]);
    await journal.append({ n: 3 });
    expect(readFileSync(path, 'utf8')).toBe('{"n":1,"t":"bước một"}\n{"n":3}\n');
    appendFileSync(path, 'rubbish\n');
    await expect(journal.read()).rejects.toMatchObject({ code: 'INPUT_MALFORMED' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
