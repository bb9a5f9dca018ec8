import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import type { Cluster } from '../../adapters/postgres/cluster';
import { runPersoline } from '../testing/run-persoline';

let cluster: Cluster;
let folder: string;
const saved = process.env['DATABASE_URL'];
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  cluster = await startEmbeddedPostgres();
  await migrateDatabase(cluster.connectionString);
  process.env['DATABASE_URL'] = cluster.connectionString;
  folder = await mkdtemp(join(tmpdir(), 'persoline-custodian-'));
  await writeFile(path('passphrase'), 'bốn mắt nhìn một\n');
}, 120_000);
afterAll(async () => {
  if (saved === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = saved;
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...argv: readonly string[]): Promise<string> {
  const { status, out, err } = await runPersoline(...argv);
  expect(`${status} ${err}`).toMatch(/^[01] /);
  return out;
}

const passphrase = (): readonly string[] => ['--passphrase-file', path('passphrase')];
const as = (name: string): readonly string[] => ['--as', path(`${name}.json`), ...passphrase()];

test('keys in the hands of several people, from founding to audit', async () => {
  const keys = ['--keys', path('keys')];
  await run('key', 'init', ...keys, '--country', 'UT', '--state', 'UTO');
  for (const name of ['an', 'binh', 'chi']) {
    await run('custodian', 'enroll', name, '--key-file', path(`${name}.json`), ...passphrase());
  }
  await run('custodian', 'found');
  expect((await run('custodian', 'list')).split('\n')).toHaveLength(3);
  const listed = JSON.parse(await run('custodian', 'list', '--json')) as readonly unknown[];
  expect(listed).toHaveLength(3);
  expect(listed[0]).toMatchObject({
    name: expect.any(String) as string,
    key: expect.any(String) as string,
  });

  // Alone, nobody adds a signer.
  const alone = await runPersoline('key', 'rotate', ...keys, '--max-signatures', '10');
  expect(alone).toMatchObject({
    status: 1,
    err: expect.stringContaining('FOUR_EYES_REFUSED') as string,
  });

  const propose = async (kind: string, ...members: readonly string[]): Promise<string> => {
    const subject = members.flatMap((member) => ['--with', member]);
    const out = await run('custodian', 'propose', kind, ...subject, ...as('an'));
    const [, number = '', hash = ''] = /^proposal (\d+): ([0-9A-F]{64})$/.exec(out) ?? [];
    for (const name of ['binh', 'chi']) {
      await run('custodian', 'approve', number, '--sha256', hash, ...as(name));
    }
    return number;
  };
  expect((await runPersoline('custodian', 'proposals')).err).toBe('nothing waits for approval');
  const proposal = await propose('add-signer', 'maxSignatures=10', 'maxDays=30');
  expect(await run('custodian', 'proposals')).toContain('binh approve, chi approve');
  expect(await run('key', 'rotate', ...keys, '--proposal', proposal)).toContain('DSC 1 is ready');
  const again = await runPersoline('key', 'rotate', ...keys, '--proposal', proposal);
  expect(again.err).toContain('it is used');

  const wrong = await propose('revoke-signer', 'signer=9');
  const other = await runPersoline('key', 'revoke', '1', '--proposal', wrong);
  expect(other.err).toContain('names another signer');
  const own = await runPersoline('custodian', 'approve', wrong, ...as('an'));
  expect(own.err).toContain('nobody decides their own request');

  expect(await run('key', 'status', '--per-day', '5')).toMatch(
    /^DSC 1: waiting, 0 of 10 signatures.*\nat this rate DSC 1 ends on .*; the next one is missing\n/,
  );
  // A timer adds the next one when it is due, under an approval that waits.
  const ifDue = ['key', 'rotate', ...keys, '--if-due', '--per-day', '5'] as const;
  expect((await runPersoline(...ifDue)).err).toContain('no proposal was named');
  await propose('add-signer', 'documentYears=10');
  expect(await run(...ifDue)).toContain('DSC 2 is ready');
  await writeFile(path('plan.yaml'), "perDay: 5\nutcOffset: '+07:00'\n");
  const forecast = ['key', 'forecast', '--plan', path('plan.yaml')] as const;
  expect(await runPersoline(...forecast)).toMatchObject({
    status: 0,
    out: expect.stringMatching(
      /^Với tốc độ này, DSC 1 kết thúc ngày \d\d\/.* DSC 2 đã sẵn sàng\n.*\n.*\nat this rate DSC 1 ends on .*; the next one, DSC 2, is ready\n/,
    ) as string,
  });
  expect((await runPersoline(...forecast, '--language', 'fr')).status).toBe(2);
  expect(await run(...ifDue)).toMatch(/^no signer is due; the next is to be made by \d{4}-/);
  expect((await runPersoline(...forecast, '--lead-days', '3650')).status).toBe(1);
  await run('key', 'revoke', '2', '--proposal', await propose('revoke-signer', 'signer=2'));

  await run('key', 'revoke', '1', '--proposal', await propose('revoke-signer', 'signer=1'));
  expect(await run('key', 'status')).toContain('no document signer is ready');
  expect(await run('key', 'crl', ...keys, '--out', path('list.crl'))).toContain('CRL 1, until');
  expect(await run('key', 'crl', ...keys, '--out', path('list.crl'))).toContain('none is due');
  expect(await run('key', 'recall', '1', '--out', path('recall.csv'))).toContain('0 documents');

  await run(
    'key',
    'adopt',
    ...keys,
    '--proposal',
    await propose('add-csca', `csca=${await csca()}`),
  );
  const rollOver = await propose('roll-over-csca', 'commonName=CSCA Utopia 2');
  await run('key', 'roll-over', ...keys, '--out', path('csca-2'), '--proposal', rollOver);
  await run('key', 'publication', '2', 'pkd');
  expect(await run('key', 'status')).not.toContain('CSCA 2: publication to pkd');

  await run('audit', 'checkpoint', ...keys);
  await run('audit', 'export', ...keys, '--out', path('audit.log'));
  await run('audit', 'public-key', ...keys, '--out', path('audit.pem'));
  const verify = ['audit', 'verify', path('audit.log'), '--public-key', path('audit.pem')] as const;
  expect(await runPersoline(...verify)).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^the log is whole until /) as string,
  });
  const text = await readFile(path('audit.log'), 'utf8');
  const entries = text.split('\n').filter((line) => line.startsWith('entry'));
  for (const [action, outcome] of [
    ['add-signer', 'refused'],
    ['add-signer', 'done'],
    ['revoke-signer', 'refused'],
    ['generate-key', 'done'],
    ['sign', 'done'],
    ['approve', 'refused'],
    ['export-audit', 'done'],
  ] as const) {
    const found = entries.filter(
      (line) => line.includes(`"action":"${action}"`) && line.includes(`"outcome":"${outcome}"`),
    );
    expect([action, outcome, found.length > 0]).toEqual([action, outcome, true]);
  }
  await writeFile(path('audit.log'), text.replace('"outcome":"refused"', '"outcome":"done"'));
  expect(await runPersoline(...verify)).toMatchObject({
    status: 1,
    out: expect.stringContaining('changed: custodian@') as string,
  });
}, 180_000);

async function csca(): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256')
    .update(await readFile(path('keys/CSCA.cer')))
    .digest('hex')
    .toUpperCase();
}
