import { Client } from 'pg';
import { SCHEMA } from './database';

const CHUNK_ROWS = 250_000;

/**
 * Fills a database that is thrown away afterwards with approved documents that wait, behind those
 * that are there, for measurements. They have no holder, so that none of them may be claimed.
 * Triggers and foreign keys are switched off meanwhile, which takes the rights of the owner of the
 * server.
 */
export async function fillWaiting(
  connectionString: string,
  order: {
    /** How many documents are to wait in all. */
    readonly waiting: number;
    readonly product: string;
    readonly onProgress?: (waiting: number) => void;
  },
): Promise<void> {
  const { waiting, product, onProgress } = order;
  const client = new Client({ connectionString, options: `-c search_path=${SCHEMA}` });
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'; set synchronous_commit = off");
    const { rows } = await client.query<{ there: number; last: number }>(
      `select count(*)::float8 as there, coalesce(max(id), 0)::float8 as last
        from document where state = 'approved' and claimed_by is null`,
    );
    const { there = 0, last = 0 } = rows[0] ?? {};
    for (let from = there; from < waiting; from += CHUNK_ROWS) {
      const until = Math.min(waiting, from + CHUNK_ROWS);
      await client.query(
        `insert into document
            (record_id, record_version, product, source, place, content_sha256, state_by)
          select 'waiting ' || i, 1, $3, 'bench', 'bench', sha256(int8send(i)), 'bench'
            from generate_series($1::bigint, $2::bigint) i`,
        [last + from - there + 1, last + until - there, product],
      );
      onProgress?.(until);
    }
    await client.query('vacuum analyze document');
  } finally {
    await client.end();
  }
}
