import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { ProductionError } from '../../production/errors';
import { SCHEMA, type Transaction } from './database';
import { toTypedError } from './database-error';

/** One numbered SQL file of `migrations/`. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

/** Any fixed number: programs that start at once take turns on it. */
const TURN = 7_220_231;
const PLACE = 'database migration';
const SELECT_APPLIED = 'select number, name, sha256 from migration';

/**
 * Brings the database up to this program, one transaction a file, one program at a time. Returns
 * the names of what was applied now.
 *
 * @throws ProductionError `DATABASE_MISMATCH` when the database is newer than the program or an
 * applied file was changed since, `DATABASE_UNAVAILABLE`.
 */
export async function migrateDatabase(
  connectionString: string,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const wanted = migrations ?? (await readMigrations());
  const client = new Client({ connectionString, application_name: 'persoline migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [TURN]);
    await client.query(`set client_min_messages = warning; create schema if not exists ${SCHEMA}`);
    await client.query(`set search_path = ${SCHEMA}`);
    await client.query(`create table if not exists migration (
      number integer primary key, name text not null, sha256 text not null,
      applied_at timestamptz not null default now())`);
    const applied = await client.query<Applied>(SELECT_APPLIED);
    const missing = compareMigrations(wanted, applied.rows);
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } catch (error) {
    throw toTypedError(error, PLACE);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Before anything is stored: the database is exactly as this program expects it.
 *
 * @throws ProductionError `DATABASE_MISMATCH`.
 */
export async function requireMigrated(transaction: Transaction): Promise<void> {
  const [table] = await transaction.rows<{ name: string | null }>(
    'select to_regclass($1)::text as name',
    [`${SCHEMA}.migration`],
  );
  const applied = table?.name == null ? [] : await transaction.rows<Applied>(SELECT_APPLIED);
  const [missing] = compareMigrations(await readMigrations(), applied);
  if (missing !== undefined) throw mismatch(`migration ${missing.name} is not applied yet`);
}

/** The files of this program in the order of their numbers. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const folder = join(__dirname, 'migrations');
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (file) => {
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
      return {
        number: Number(file.slice(0, 4)),
        name: file.slice(0, -'.sql'.length),
        sql,
        sha256: createHash('sha256').update(sql).digest('hex'),
      };
    }),
  );
}

/** The migrations that a database still needs; it must have the beginning of what is wanted. */
function compareMigrations(
  wanted: readonly Migration[],
  applied: readonly Applied[],
): readonly Migration[] {
  const known = new Map(wanted.map((migration) => [migration.number, migration]));
  for (const { number, name, sha256 } of applied) {
    const own = known.get(number);
    if (own === undefined) {
      throw mismatch(`the database has migration ${name}, which this program does not know`);
    }
    if (own.sha256 !== sha256) {
      throw mismatch(`migration ${name} was changed after it had been applied`);
    }
  }
  const last = Math.max(0, ...applied.map(({ number }) => number));
  const done = new Set(applied.map(({ number }) => number));
  const missing = wanted.filter(({ number }) => !done.has(number));
  const skipped = missing.find(({ number }) => number < last);
  if (skipped !== undefined) throw mismatch(`migration ${skipped.name} was never applied`);
  return missing;
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function mismatch(reason: string): ProductionError {
  return new ProductionError('DATABASE_MISMATCH', PLACE, [reason]);
}
