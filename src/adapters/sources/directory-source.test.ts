import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORD_MAX_BYTES } from '../../production/document/record-limits';
import type { RecordSource, SourceRecord } from '../../production/ports';
import { openRecordSource } from './open-record-source';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-source-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function readAll(source: RecordSource): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const record of source.pull()) records.push(record);
  return records;
}

function textOf({ bytes }: SourceRecord): string {
  return Buffer.from(bytes).toString();
}

describe('lines', () => {
  test('come with their place, whatever ends them; blank ones are left out and counted', async () => {
    await writeFile(join(folder, 'all.ndjson'), '\ufeff{"a":1}\r\n\n  \t\r\n{"b":2}\n{"c":3}');
    const records = await readAll(await openRecordSource(folder));
    expect(records.map((record) => [record.place, textOf(record)])).toEqual([
      ['all.ndjson:1', '\ufeff{"a":1}'],
      ['all.ndjson:4', '{"b":2}'],
      ['all.ndjson:5', '{"c":3}'],
    ]);
  });

  test('beyond the limit are cut off, and the next line is whole', async () => {
    const exact = 'x'.repeat(RECORD_MAX_BYTES);
    await writeFile(
      join(folder, 'all.ndjson'),
      `${'y'.repeat(3_000_000)}\n${exact}\r\n${exact}z\n{"next":1}\n`,
    );
    const records = await readAll(await openRecordSource(folder));
    expect(records.map(({ bytes }) => bytes.length)).toEqual([
      RECORD_MAX_BYTES + 1,
      RECORD_MAX_BYTES,
      RECORD_MAX_BYTES + 1,
      10,
    ]);
  });

  test('that are no UTF-8 come as they are', async () => {
    await writeFile(join(folder, 'all.ndjson'), Buffer.from([0x7b, 0xff, 0x7d, 0x0a]));
    const [record] = await readAll(await openRecordSource(folder));
    expect([...(record?.bytes ?? [])]).toEqual([0x7b, 0xff, 0x7d]);
  });

  test('an empty file has none', async () => {
    await writeFile(join(folder, 'all.ndjson'), '');
    expect(await readAll(await openRecordSource(folder))).toEqual([]);
  });
});

describe('what a source can be', () => {
  test('one *.ndjson file, or one record on several lines', async () => {
    await writeFile(join(folder, 'one.ndjson'), '{"a":1}\n');
    await writeFile(join(folder, 'two.ndjson'), '{"b":2}\n');
    await writeFile(join(folder, 'single.json'), '{\n  "c": 3\n}\n');
    const [one] = await readAll(await openRecordSource(join(folder, 'one.ndjson')));
    expect(one?.place).toBe('one.ndjson:1');
    const [single] = await readAll(await openRecordSource(`dir:${join(folder, 'single.json')}`));
    expect(single?.place).toBe('single.json');
    expect(JSON.parse(single === undefined ? '' : textOf(single))).toEqual({ c: 3 });
  });

  test.each<readonly [string, () => Promise<unknown>, string]>([
    ['no such folder', () => Promise.resolve(), 'there is no such file or folder'],
    ['a folder without records', () => mkdir(join(folder, 'in')), 'it holds no *.ndjson file'],
    [
      'a folder with two files of records',
      async () => {
        await mkdir(join(folder, 'in'));
        await writeFile(join(folder, 'in', 'a.ndjson'), '');
        await writeFile(join(folder, 'in', 'b.ndjson'), '');
      },
      'it holds several *.ndjson files',
    ],
  ])('%s is said', async (_title, prepare, reason) => {
    await prepare();
    await expect(openRecordSource(join(folder, 'in'))).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      reasons: [reason],
    });
  });

  test('another kind of address is refused and not repeated', async () => {
    const error: unknown = await openRecordSource('ftp://user:secret-word@host/records').catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'SOURCE_UNREADABLE' });
    expect(String(error)).not.toContain('secret-word');
  });
});

describe('pictures', () => {
  let record: SourceRecord;

  beforeEach(async () => {
    await mkdir(join(folder, 'in', 'pictures'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'outside');
    await writeFile(join(folder, 'in', 'all.ndjson'), '{}\n');
    await writeFile(join(folder, 'in', 'pictures', 'a.jpg'), 'picture');
    const source = await openRecordSource(join(folder, 'in'));
    for await (const one of source.pull()) record = one;
  });

  test('are read by their path, also over a link that stays inside', async () => {
    await symlink('a.jpg', join(folder, 'in', 'pictures', 'b.jpg'));
    for (const path of ['pictures/a.jpg', './pictures/b.jpg']) {
      const bytes = await record.readPicture(path, 100);
      expect(Buffer.from(bytes).toString()).toBe('picture');
    }
  });

  test('that are too large are not read', async () => {
    await expect(record.readPicture('pictures/a.jpg', 6)).rejects.toMatchObject({
      code: 'PICTURE_TOO_LARGE',
    });
  });

  test.each<readonly [string, string, () => Promise<unknown>]>([
    ['that are not there', 'pictures/ZZMARKER.jpg', () => Promise.resolve()],
    ['above the folder', '../secret.txt', () => Promise.resolve()],
    ['above it by a detour', 'pictures/../../secret.txt', () => Promise.resolve()],
    ['named from the root', '/etc/hostname', () => Promise.resolve()],
    ['with a zero byte', 'pictures/a.jpg\0', () => Promise.resolve()],
    ['that are a folder', 'pictures', () => Promise.resolve()],
    [
      'over a link that leads out',
      'pictures/out.jpg',
      () => symlink(join(folder, 'secret.txt'), join(folder, 'in', 'pictures', 'out.jpg')),
    ],
    [
      'in a linked folder that leads out',
      'linked/secret.txt',
      () => symlink(folder, join(folder, 'in', 'linked')),
    ],
    [
      'that are a pipe',
      'pictures/pipe.jpg',
      () => {
        execFileSync('/usr/bin/mkfifo', [join(folder, 'in', 'pictures', 'pipe.jpg')]);
        return Promise.resolve();
      },
    ],
  ])('%s are missing', async (_title, path, prepare) => {
    await prepare();
    const error: unknown = await record.readPicture(path, 100).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'PICTURE_MISSING' });
    expect(String(error)).not.toContain('ZZMARKER');
  });
});
