import { Client, escapeIdentifier } from 'pg';
import { RECORD_MAX_BYTES } from '../../production/document/record-limits';
import { ProductionError } from '../../production/errors';
import type { RecordSource, SourceRecord } from '../../production/ports';
import { encodeUtf8 } from '../../standards/bytes/text';
import { sourceError } from './source-error';

/** Where records stand in another database. */
export interface PostgresAddress {
  /** For the driver; can hold a password. */
  readonly connectionString: string;
  /** Host, port and database, for people. */
  readonly place: string;
  /** Table or view with a column `record`, and `record_id` where it has one. */
  readonly table: string;
  /** Table or view with columns `path` and `content`. */
  readonly pictures: string;
}

interface Row {
  readonly key: string | null;
  readonly record: string | null;
}

const PAGE_ROWS = 100;
const DEFAULT_TABLE = 'approved_records';
const DEFAULT_PICTURES = 'record_pictures';

/**
 * `postgres://user:password@host/database?table=T&pictures=P`; every other parameter is the
 * driver's.
 *
 * @throws ProductionError `SOURCE_UNREADABLE` without the address
 */
export function parsePostgresAddress(text: string): PostgresAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ProductionError('SOURCE_UNREADABLE', 'address of the record source', [
      'it is not written as postgres://user:password@host/database?table=NAME',
    ]);
  }
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const table = url.searchParams.get('table') ?? DEFAULT_TABLE;
  const pictures = url.searchParams.get('pictures') ?? DEFAULT_PICTURES;
  url.searchParams.delete('table');
  url.searchParams.delete('pictures');
  const port = url.port === '' ? '' : `:${url.port}`;
  return {
    connectionString: url.toString(),
    place: `${host}${port}${url.pathname}`,
    table,
    pictures,
  };
}

/** Records of a table or view, read in pages from one unchanging view of a read-only transaction. */
export function openPostgresSource(address: PostgresAddress): RecordSource {
  const name = `postgres ${address.place} ${address.table}`;
  return {
    name,
    async *pull() {
      const client = new Client({
        connectionString: address.connectionString,
        application_name: 'persoline record source',
        client_encoding: 'UTF8',
        connectionTimeoutMillis: 10_000,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        yield* readRows(client, address);
      } catch (error) {
        throw sourceError(error, name);
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}

async function* readRows(client: Client, address: PostgresAddress): AsyncGenerator<SourceRecord> {
  await client.query('begin transaction isolation level repeatable read, read only');
  const table = quoteName(address.table);
  const { fields } = await client.query(`select * from ${table} limit 0`);
  const hasKey = fields.some((field) => field.name === 'record_id');
  const key = hasKey ? 'record_id::text' : 'null';
  const order = hasKey ? 'order by record_id' : '';
  // Cut off in characters, which are never fewer than the bytes that may be kept.
  await client.query(
    `declare records no scroll cursor for
      select ${key} as key, left(record::text, ${RECORD_MAX_BYTES + 1}) as record
      from ${table} ${order}`,
  );
  for (let number = 1; ;) {
    const { rows } = await client.query<Row>(`fetch ${PAGE_ROWS} from records`);
    for (const row of rows) {
      yield {
        place: `${address.table} ${row.key ?? `row ${number}`}`,
        bytes: encodeUtf8(row.record ?? '').subarray(0, RECORD_MAX_BYTES + 1),
        readPicture: (path, maxBytes) => readPicture(client, address, { path, maxBytes }),
      };
      number++;
    }
    if (rows.length < PAGE_ROWS) return;
  }
}

async function readPicture(
  client: Client,
  address: PostgresAddress,
  wish: { readonly path: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  const { rows } = await client
    .query<{ size: number | null; content: Buffer | null }>(
      `select octet_length(content) as size,
          case when octet_length(content) <= $2 then content end as content
        from ${quoteName(address.pictures)} where path = $1 limit 2`,
      [wish.path, wish.maxBytes],
    )
    .catch((error: unknown) => {
      throw sourceError(error, `postgres ${address.place} ${address.pictures}`);
    });
  const [row, another] = rows;
  const size = row?.size ?? undefined;
  if (size === undefined || another !== undefined) {
    const reason = another === undefined ? 'there is no such row' : 'several rows have its path';
    throw new ProductionError('PICTURE_MISSING', 'picture', [reason]);
  }
  if (row?.content == null) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `it has ${size} bytes, at most ${wish.maxBytes} are read`,
    ]);
  }
  return new Uint8Array(row.content);
}

/** `schema.table` or `table`, each part quoted. */
function quoteName(name: string): string {
  return name.split('.').map(escapeIdentifier).join('.');
}
