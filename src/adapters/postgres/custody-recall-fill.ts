import { Client } from 'pg';
import { SCHEMA } from './database';

const CHUNK_ROWS = 500_000;

/**
 * Fills the signature ledger of a database that is thrown away afterwards, for measurements: every
 * signer's rows are scattered over all of the table, the worst that can be for a recall. Triggers
 * and foreign keys are switched off meanwhile, which takes the rights of the owner of the server.
 */
export async function fillLedger(
  connectionString: string,
  order: {
    readonly rows: number;
    readonly signers: number;
    readonly onProgress?: (rows: number) => void;
  },
): Promise<void> {
  const { rows, signers, onProgress } = order;
  const client = new Client({ connectionString, options: `-c search_path=${SCHEMA}` });
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'; set synchronous_commit = off");
    await client.query(
      `insert into signer (certificate_sha256, certificate, csca, key_label, use_from, use_until,
          valid_from, valid_until)
        select sha256(convert_to('bench ' || n, 'UTF8')), convert_to('bench ' || n, 'UTF8'), '\\x00',
            'bench-' || n, '2026-01-01', '2026-04-01', '2026-01-01', '2036-04-01'
          from generate_series(1, $1::int) n`,
      [signers],
    );
    await client.query(
      `insert into managed_signer (number, signer, algorithm, added_at, state, reserved,
          in_use_at, last_reserved_at, cut_over_at)
        select n, sha256(convert_to('bench ' || n, 'UTF8')), 'bench', '2026-01-01', 'cut-over',
            $2::bigint / $1::int, '2026-01-01', '2026-03-01', '2026-03-01'
          from generate_series(1, $1::int) n`,
      [signers, rows],
    );
    for (let from = 1; from <= rows; from += CHUNK_ROWS) {
      const until = Math.min(rows, from + CHUNK_ROWS - 1);
      await client.query(
        `insert into signature (document, signer, use_from, use_until, valid_from, valid_until,
            signed_at, station, algorithm, sod_sha256, file_hashes)
          select i, sha256(convert_to('bench ' || (i % $3::int + 1), 'UTF8')), '2026-01-01',
              '2026-04-01', '2026-01-01', '2036-04-01',
              timestamptz '2026-01-01' + i * interval '0.5 second', 'station-' || i % 16, 'bench',
              sha256(int8send(i)), '{}'
            from generate_series($1::bigint, $2::bigint) i`,
        [from, until, signers],
      );
      onProgress?.(until);
    }
    await client.query('analyze signature');
  } finally {
    await client.end();
  }
}
