import { Client } from 'pg';
import type { AuditEvent, AuditLog } from '../../production/document/custody/audit-log';
import { parseAuditEntry, parseCheckpoint } from '../../production/document/custody/audit-text';
import { openPostgresAuditLog } from './audit-log';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';

const at = new Date('2026-03-02T08:00:00Z');
const event = (action: string, reasons: readonly string[] = []): AuditEvent => ({
  ...{ who: 'an', action, subject: 'key dsc-1', place: 'room 1', at, outcome: 'done', reasons },
});

describe.each(SERVERS)('the audit log in %s', (_, start) => {
  let databases: TestDatabases;
  let address: string;
  let log: AuditLog;

  beforeAll(async () => {
    databases = await TestDatabases.start(start);
  }, 120_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create();
    log = openPostgresAuditLog(address);
  });
  afterEach(() => log.close());

  async function readTexts(): Promise<{ entries: string[]; order: string[] }> {
    const entries: string[] = [];
    const order: string[] = [];
    await log.readAll({
      entry({ text }) {
        entries.push(text);
        const { writer, sequence } = parseAuditEntry(text);
        order.push(`${writer} ${sequence}`);
        return Promise.resolve();
      },
      checkpoint({ text }) {
        order.push(`checkpoint ${parseCheckpoint(text).number}`);
        return Promise.resolve();
      },
    });
    return { entries, order };
  }

  it('chains what many connections write for one writer at once', async () => {
    const other = openPostgresAuditLog(address);
    const logs = [log, other];
    await Promise.all(
      Array.from({ length: 40 }, (__, index) =>
        logs[index % 2]!.append('host', event(`e${index}`)),
      ),
    );
    await other.close();
    const { entries, order } = await readTexts();
    expect(order).toEqual(Array.from({ length: 40 }, (__, index) => `host ${index + 1}`));
    expect(new Set(entries.map((text) => parseAuditEntry(text).action)).size).toBe(40);
  });

  it('keeps texts with everything in them, on one line', async () => {
    const words = `một\n"hai"\\x41 \u0000\ud800 ${'😀'.repeat(400)}`;
    await log.append('host', event('speak', [words, '']));
    const [text] = (await readTexts()).entries;
    expect(text).not.toContain('\n');
    const { reasons } = parseAuditEntry(text!);
    expect(reasons[0]).toMatch(/^một "hai"\\x41 .* 😀+…$/u);
    expect(reasons[1]).toBe('-');
  });

  it('places checkpoints between the entries that they cover', async () => {
    const sign = (text: string): Promise<Uint8Array> =>
      Promise.resolve(Uint8Array.of(text.length % 256));
    await log.append('a', event('one'));
    await log.append('b', event('two'));
    const { text } = await log.addCheckpoint({ at, algorithm: 'x', sign });
    expect(parseCheckpoint(text).heads.map(({ writer, sequence }) => [writer, sequence])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    await log.append('a', event('three'));
    await log.addCheckpoint({ at, algorithm: 'x', sign });
    expect((await readTexts()).order).toEqual([
      'a 1',
      'b 1',
      'checkpoint 1',
      'a 2',
      'checkpoint 2',
    ]);
  });

  it.each([
    "update audit_entry set text = 'x'",
    'delete from audit_entry',
    'truncate audit_entry',
    'delete from audit_checkpoint',
    'truncate audit_checkpoint',
    "update audit_checkpoint set text = 'x'",
  ])('refuses %s, of its owner too', async (sql) => {
    await log.append('host', event('one'));
    await expect(runSql(address, sql)).rejects.toMatchObject({ code: 'PL002' });
  });

  it('refuses entries that do not follow, or are not what they say', async () => {
    const { sha256 } = await log.append('host', event('one'));
    const insert = (sequence: number, previous: Uint8Array, change = ''): Promise<unknown> =>
      runSql(
        address,
        `insert into audit_entry (writer, sequence, previous, text, sha256)
          select 'host', $1::bigint, $2, body, sha256(convert_to(body || $3, 'UTF8'))
            from (select json_build_object('writer', 'host', 'sequence', $1::bigint,
              'previous', encode($2::bytea, 'hex'))::text as body) made`,
        [sequence, previous, change],
      );
    await expect(insert(3, sha256)).rejects.toMatchObject({ code: 'PL003' });
    await expect(insert(2, new Uint8Array(32))).rejects.toMatchObject({ code: 'PL003' });
    await expect(insert(1, new Uint8Array(32))).rejects.toMatchObject({ code: 'PL003' });
    await expect(insert(2, sha256, 'x')).rejects.toMatchObject({ code: '23514' });
    await insert(2, sha256);
  });

  it('gives the role of the application no right to change or remove an entry', async () => {
    const role = `application_${address.replace(/.*_/, '')}`;
    const database = address.split('/').at(-1)!;
    await runSql(address, `create role ${role}`);
    await runSql(address, 'select grant_application($1)', [role]);
    // Connections from now on have the rights of that role, and no more.
    await runSql(address, `alter role current_user in database ${database} set role = ${role}`);
    const roleLog = openPostgresAuditLog(address);
    await roleLog.append('host', event('one'));
    await roleLog.close();
    const client = new Client({ connectionString: address, options: '-c search_path=persoline' });
    await client.connect();
    try {
      for (const [sql, code] of [
        ["update audit_entry set text = 'x'", '42501'],
        ['delete from audit_entry', '42501'],
        ['truncate audit_entry', '42501'],
        ['alter table audit_entry disable trigger all', '42501'],
        ['drop table audit_entry', '42501'],
        ["update signature set station = 'x'", '42501'],
        ['delete from event', '42501'],
        ["insert into document_state values ('x')", '42501'],
      ] as const) {
        await expect(client.query(sql)).rejects.toMatchObject({ code });
      }
    } finally {
      await client.end();
    }
  });
});
