import { Pool, TypeOverrides, type PoolClient, type QueryResultRow } from 'pg';
import { isRetryable, toTypedError } from './database-error';

/** Statements inside one transaction. */
export interface Transaction {
  /** Rows of one statement; parameters travel apart from it. */
  rows<Row extends QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Connections to one database. */
export interface Database {
  /**
   * Runs `work` in one transaction, at most three times when others got in the way. `place` names
   * it in errors.
   *
   * @throws ProductionError `DATABASE_UNAVAILABLE`, `STATE_CONFLICT`, or what `work` throws.
   */
  transaction<Result>(
    place: string,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
  close(): Promise<void>;
}

export const SCHEMA = 'persoline';
const TRIES = 3;
const INT8_OID = 20;

export function openDatabase(connectionString: string): Database {
  const types = new TypeOverrides();
  // Numbers that the database counts up stay far below 2^53.
  types.setTypeParser(INT8_OID, Number);
  const pool = new Pool({
    connectionString,
    application_name: 'persoline',
    options: `-c search_path=${SCHEMA}`,
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    // A program that forgets to close its database still ends.
    allowExitOnIdle: true,
    types,
  });
  // An idle connection that breaks is replaced; the next transaction tells.
  pool.on('error', () => undefined);
  return {
    async transaction(place, work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await runOnce(pool, work);
        } catch (error) {
          if (attempt < TRIES && isRetryable(error)) continue;
          throw toTypedError(error, place);
        }
      }
    },
    close: () => closePool(pool),
  };
}

/** Idle connections keep no program alive; while they are closed something else must. */
async function closePool(pool: Pool): Promise<void> {
  const alive = setInterval(() => undefined, 1000);
  try {
    await pool.end();
  } finally {
    clearInterval(alive);
  }
}

async function runOnce<Result>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await begin(pool);
  let broken = false;
  const onError = () => (broken = true);
  client.on('error', onError);
  try {
    const result = await work(statementsOf(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** A connection that broke while it was idle is noticed here, where nothing has happened yet. */
async function begin(pool: Pool): Promise<PoolClient> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      return client;
    } catch (error) {
      client.release(true);
      if (attempt === TRIES) throw error;
    }
  }
}

function statementsOf(client: PoolClient): Transaction {
  return {
    async rows<Row extends QueryResultRow>(sql: string, parameters: readonly unknown[] = []) {
      return (await client.query<Row>(sql, [...parameters])).rows;
    },
  };
}
