import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDebianPostgres } from '../../adapters/postgres/testing/debian-postgres';
import { TestDatabases } from '../../adapters/postgres/testing/test-databases';
import { runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

const citizen = inventSpecimen('vn-cccd-2021');
const { name } = citizen.record;
const fullName = 'full' in name ? name.full : name.primary;

/** Longer than its line of the MRZ. */
const LONG_NAME = { full: 'Nguyễn Hoàng Phương Thảo Nguyên Khánh Quỳnh Như' };

let databases: TestDatabases;
let folder: string;
let source: string;
const before = { ...process.env };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-records-'));
  databases = await TestDatabases.start(startDebianPostgres);
  process.env['PERSOLINE_HOME'] = join(folder, 'home');
  process.env['DATABASE_URL'] = await databases.create('template0');
  source = join(folder, 'source');
  const record = JSON.parse(await readFile(await writeSpecimen(source, citizen), 'utf8')) as object;
  await rm(join(source, 'record.json'));
  await writeFile(join(source, 'records.ndjson'), `${JSON.stringify(record)}\n`);
}, 90_000);
afterAll(async () => {
  process.env = before;
  await databases.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a database that was never migrated says so, and is migrated on request', async () => {
  const early = await runPersoline('record', 'pull', '--source', source);
  expect([early.status, early.err]).toEqual([
    3,
    expect.stringContaining('error: DATABASE_MISMATCH: '),
  ]);
  expect((await runPersoline('service', 'migrate')).out).toContain('applied 0001');
  expect((await runPersoline('service', 'migrate')).out).toBe('the database is up to date');
}, 60_000);

test('the same source pulled twice is one document; what is wrong is refused and listed', async () => {
  const first = await runPersoline('record', 'pull', '--source', source);
  expect([first.status, first.out]).toEqual([0, '1 registered, 0 known already, 0 refused']);
  await appendFile(join(source, 'records.ndjson'), '{"recordId":"R2","shoeSize":42}\n');
  const second = await runPersoline('record', 'pull', '--source', source, '--json');
  expect(second.status).toBe(1);
  expect(JSON.parse(second.out)).toMatchObject({
    registered: 0,
    alreadyKnown: 1,
    refused: [{ recordId: 'R2' }],
  });
  expect((await runPersoline('record', 'refusals')).out).toContain('R2 at records.ndjson:2: ');
}, 60_000);

test('a record is shown masked, and in clear when that is asked for', async () => {
  const { recordId } = citizen.record;
  const masked = await runPersoline('record', 'show', recordId);
  expect(masked.out).toContain('document 1: approved');
  expect(masked.out).not.toContain(fullName);
  expect((await runPersoline('record', 'show', recordId, '--unmasked')).out).toContain(fullName);
  expect(await runPersoline('record', 'show', 'nobody')).toMatchObject({
    status: 1,
    err: 'there is no record nobody',
  });
}, 60_000);

test('a database without blanks has no batch', async () => {
  expect(await runPersoline('batch', 'list')).toMatchObject({
    status: 0,
    err: 'no blanks were received yet',
  });
  expect(await runPersoline('batch', 'show', 'lot-1')).toMatchObject({
    status: 1,
    err: 'there is no lot lot-1',
  });
  expect((await runPersoline('batch', 'show', 'lot-1', '--language', 'vi')).err).toBe(
    'không có lô lot-1',
  );
}, 60_000);

test('documents are listed, shown and traced; one that is not there is a no', async () => {
  expect((await runPersoline('document', 'list')).out).toMatch(/^1 {2}approved {2}vn-cccd-2021/);
  expect((await runPersoline('document', 'list', '--state', 'released')).err).toBe(
    'there are no such documents',
  );
  expect((await runPersoline('document', 'show', '1')).out).toMatch(/^document 1: approved since /);
  expect((await runPersoline('document', 'trace', '1')).out).toContain('document');
  expect((await runPersoline('document', 'show', '99')).status).toBe(1);
  expect((await runPersoline('document', 'list', '--state', 'lost')).status).toBe(2);
}, 60_000);

test('a record with a doubt is held until a named person lifts it', async () => {
  const { personalNumber = '' } = citizen.record;
  const otherYear = `${personalNumber.slice(0, 4)}01${personalNumber.slice(6)}`;
  const doubtful = { ...citizen.record, recordId: 'R3', personalNumber: otherYear };
  await writeFile(join(source, 'records.ndjson'), `${JSON.stringify(doubtful)}\n`);
  const pulled = await runPersoline('record', 'pull', '--source', source);
  const number = /as document (\d+)/.exec(pulled.out)?.[1] ?? '';
  expect(pulled.out).toContain('held R3 at records.ndjson:1 as document ');
  const approve = [
    'document',
    'approve',
    number,
    '--by',
    'supervisor',
    '--reason',
    'number was set anew',
  ];
  expect((await runPersoline(...approve)).out).toBe(`document ${number}: approved by supervisor`);
  expect((await runPersoline('document', 'trace', number)).out).toContain('supervisor');
  expect((await runPersoline(...approve)).status).toBe(3);
}, 60_000);

test('a name that the MRZ shortens is held until a named person has seen it', async () => {
  const record = { ...citizen.record, recordId: 'R4', name: LONG_NAME };
  await writeFile(join(source, 'records.ndjson'), `${JSON.stringify(record)}\n`);
  const pulled = await runPersoline('record', 'pull', '--source', source);
  const number = /held R4 .* as document (\d+): name: is longer/.exec(pulled.out)?.[1] ?? '';
  expect(pulled.out).not.toContain('Nguyễn');
  const plain = await runPersoline('document', 'show', number);
  expect(plain.out).not.toContain('NGUYEN');
  const shown = await runPersoline('document', 'show', number, '--mrz');
  expect(shown.out).toMatch(/name: Nguyễn Hoàng .*\nshortened in the MRZ: NGUYEN<<HOANG.*/);
  expect(shown.out).toMatch(/MRZ line 3: NGUYEN<<HOANG.{17}$/m);
  const approve = ['document', 'approve', number, '--by', 'supervisor', '--reason', 'it is right'];
  const unseen = await runPersoline(...approve);
  expect([unseen.status, unseen.err]).toEqual([2, expect.stringContaining('--mrz-seen')]);
  // No terminal is there: the name must not end in a file.
  expect(unseen.out + unseen.err).not.toContain('NGUYEN');
  expect((await runPersoline(...approve, '--mrz-seen')).status).toBe(0);
  const { out } = await runPersoline('document', 'trace', number);
  expect(out).toContain('the shortened name in the MRZ was seen');
  expect(out).not.toContain('NGUYEN');
}, 60_000);

test('without the product of a document its MRZ is neither shown nor taken for seen', async () => {
  const record = { ...citizen.record, recordId: 'R5', name: LONG_NAME };
  await writeFile(join(source, 'records.ndjson'), `${JSON.stringify(record)}\n`);
  const pulled = await runPersoline('record', 'pull', '--source', source);
  const number = /held R5 .* as document (\d+)/.exec(pulled.out)?.[1] ?? '';
  process.env['PERSOLINE_PROFILES'] = folder;
  const shown = await runPersoline('document', 'show', number, '--mrz');
  const reason = ['--by', 'supervisor', '--reason', 'it is right'];
  const approved = await runPersoline('document', 'approve', number, ...reason);
  delete process.env['PERSOLINE_PROFILES'];
  for (const { out, err } of [shown, approved]) {
    expect(err).toContain('error: PROFILE_UNKNOWN: ');
    expect(out).toBe('');
  }
  expect((await runPersoline('document', 'show', number)).out).toContain('held');
}, 60_000);

test('a database that is not there fails the world, without the password', async () => {
  const address = process.env['DATABASE_URL'];
  process.env['DATABASE_URL'] = 'postgres://someone:sesame@127.0.0.1:1/nothing';
  const { status, err } = await runPersoline('document', 'list');
  process.env['DATABASE_URL'] = address;
  expect([status, err]).toEqual([3, expect.stringContaining('error: DATABASE_UNAVAILABLE: ')]);
  expect(err).not.toContain('sesame');
}, 60_000);

test('the doctor looks at every part', async () => {
  const { out } = await runPersoline('doctor');
  for (const part of ['hsm', 'signer', 'database', 'readers', 'clock', 'disk', 'faces']) {
    expect(out).toMatch(new RegExp(`^${part} +(ok|absent) `, 'm'));
  }
}, 60_000);
