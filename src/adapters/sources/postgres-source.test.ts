import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { RECORD_MAX_BYTES } from '../../production/document/record-limits';
import type { RecordSource, SourceRecord } from '../../production/ports';
import { SERVERS, TestDatabases } from '../postgres/testing/test-databases';
import { openRecordSource } from './open-record-source';
import { parsePostgresAddress } from './postgres-source';

async function readAll(
  source: RecordSource,
  use: (record: SourceRecord) => Promise<void> = () => Promise.resolve(),
): Promise<readonly (readonly [place: string, text: string])[]> {
  const found: (readonly [string, string])[] = [];
  for await (const record of source.pull()) {
    found.push([record.place, Buffer.from(record.bytes).toString()]);
    await use(record);
  }
  return found;
}

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await isTrue()) return;
    await sleep(50);
  }
  throw new Error('it did not become true');
}

describe.each(SERVERS)('records from another database on %s', (_name, startServer) => {
  let databases: TestDatabases;
  let address: string;

  beforeAll(async () => {
    databases = await TestDatabases.start(startServer);
  }, 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create('template0');
  });

  const run = async (sql: string, parameters: readonly unknown[] = []): Promise<void> => {
    const client = new Client({ connectionString: address });
    await client.connect();
    await client.query(sql, [...parameters]);
    await client.end();
  };
  const open = (parameters = ''): Promise<RecordSource> =>
    openRecordSource(`${address}?${parameters}`);

  test.each(['json', 'jsonb', 'text'])('a column of type %s, in the order of ids', async (type) => {
    await run(`create table approved_records (record_id text primary key, record ${type})`);
    await run(
      `insert into approved_records select 'R' || lpad(n::text, 4, '0'), ('{"n": ' || n || '}')::${type}
        from generate_series(250, 1, -1) as n`,
    );
    const found = await readAll(await open());
    expect(found).toHaveLength(250);
    expect(found[0]).toEqual(['approved_records R0001', '{"n": 1}']);
    expect(found[249]).toEqual(['approved_records R0250', '{"n": 250}']);
  });

  test('a view of another schema, without ids', async () => {
    await run(`create schema "Register"`);
    await run(`create view "Register"."To make" as select '{"a":1}'::text as record`);
    const found = await readAll(await open('table=Register.To%20make'));
    expect(found).toEqual([['Register.To make row 1', '{"a":1}']]);
  });

  test('pictures come from their own table, bounded', async () => {
    await run(`create table approved_records (record json)`);
    await run(`create table photos (path text, content bytea)`);
    await run(`insert into approved_records values ('{}')`);
    await run(
      `insert into photos values ('a.jpg', 'picture'), ('twice', ''), ('twice', ''), ('none', null)`,
    );
    await readAll(await open('pictures=photos'), async (record) => {
      const bytes = await record.readPicture('a.jpg', 7);
      expect(Buffer.from(bytes).toString()).toBe('picture');
      await expect(record.readPicture('a.jpg', 6)).rejects.toMatchObject({
        code: 'PICTURE_TOO_LARGE',
      });
      for (const path of ['b.jpg', 'twice', 'none']) {
        await expect(record.readPicture(path, 100)).rejects.toMatchObject({
          code: 'PICTURE_MISSING',
        });
      }
    });
  });

  test('a record beyond the limit is cut off, one that is null is empty', async () => {
    await run(`create table approved_records (record_id integer, record text)`);
    await run(`insert into approved_records values (1, repeat('ệ', $1)), (2, null)`, [
      RECORD_MAX_BYTES,
    ]);
    const found: number[] = [];
    await readAll(await open(), (record) => {
      found.push(record.bytes.length);
      return Promise.resolve();
    });
    expect(found).toEqual([RECORD_MAX_BYTES + 1, 0]);
  });

  test('the source is only read, and in one unchanging view', async () => {
    await run(`create table approved_records (record_id integer, record text)`);
    await run(`insert into approved_records select n, 'x' from generate_series(1, 150) as n`);
    let count = 0;
    await readAll(await open(), async () => {
      if (count++ === 0) await run(`insert into approved_records values (1000, 'late')`);
    });
    expect(count).toBe(150);
    await run(`create function spend() returns text language sql as
      $$ insert into approved_records values (0, 'x') returning record $$`);
    await run(`create view spending as select spend() as record`);
    await expect(readAll(await open('table=spending'))).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
  });

  test('a reader that stops early leaves no connection', async () => {
    await run(`create table approved_records (record text)`);
    await run(`insert into approved_records values ('a'), ('b')`);
    for await (const record of (await open()).pull()) {
      expect(record.place).toBe('approved_records row 1');
      break;
    }
    // The server forgets a connection a moment after its end.
    await waitUntil(async () => {
      const client = new Client({ connectionString: address });
      await client.connect();
      const { rows } = await client.query(
        `select from pg_stat_activity where application_name = 'persoline record source'`,
      );
      await client.end();
      return rows.length === 0;
    });
  });

  test.each([
    ['no such table', '', 'there is no such table or view'],
    ['no column record', 'table=pg_catalog.pg_class', 'a column is missing'],
  ])('%s is said', async (_title, parameters, reason) => {
    const error: unknown = await readAll(await open(parameters)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'SOURCE_UNREADABLE' });
    expect(String(error)).toContain(reason);
  });
});

describe('the address', () => {
  test('keeps its password for the driver alone', async () => {
    const text = 'postgres://reader:secret-word@127.0.0.1:1/register?table=v&sslmode=disable';
    expect(parsePostgresAddress(text)).toEqual({
      connectionString: 'postgres://reader:secret-word@127.0.0.1:1/register?sslmode=disable',
      place: '127.0.0.1:1/register',
      table: 'v',
      pictures: 'record_pictures',
    });
    const source = await openRecordSource(text);
    const error: unknown = await readAll(source).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'SOURCE_UNREADABLE', reasons: ['nothing listens there'] });
    expect(source.name + String(error) + JSON.stringify(error)).not.toContain('secret-word');
  });

  test('that is none is refused without being repeated', () => {
    expect(() => parsePostgresAddress('postgres://:secret-word@:port:/')).toThrow(
      /^the record source cannot be read: address of the record source;[^]*NAME$/,
    );
  });
});
