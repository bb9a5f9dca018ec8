import type { RecalledDocument } from '../../production/document/custody/signer-store';
import type { Transaction } from './database';
import { stateConflict } from './state-conflict';

const PAGE_ROWS = 20_000;

interface Row {
  readonly id: number;
  readonly document: number | null;
  readonly at: Date;
  readonly station: string;
  readonly sod_sha256: Uint8Array | null;
}

/**
 * Every document of a signer: first the ledger, then signatures that were reserved and never
 * recorded, because the answer of the HSM may only have been lost or went beside the line. Pages follow the index, so that
 * the time does not depend on what other signers signed.
 */
export async function recallDocuments(
  transaction: Transaction,
  number: number,
  visit: (page: readonly RecalledDocument[]) => Promise<void>,
): Promise<{ readonly documents: number }> {
  await transaction.rows('set transaction isolation level repeatable read, read only');
  const [signer] = await transaction.rows<{ signer: Uint8Array }>(
    'select signer from managed_signer where number = $1',
    [number],
  );
  if (signer === undefined) throw stateConflict(`DSC ${number}`, 'there is no such signer');
  const recorded = await visitPages(visit, (after) =>
    transaction.rows<Row>(
      `select id, document, signed_at as at, station, sod_sha256 from signature
        where signer = $1 and id > $2 order by id limit ${PAGE_ROWS}`,
      [signer.signer, after],
    ),
  );
  const reserved = await visitPages(visit, (after) =>
    transaction.rows<Row>(
      `select r.id, r.document, r.reserved_at as at, r.station, null as sod_sha256
        from signature_reservation r
        where r.number = $1 and r.id > $2
          and not exists (select from signature s where s.reservation = r.id)
        order by r.id limit ${PAGE_ROWS}`,
      [number, after],
    ),
  );
  return { documents: recorded + reserved };
}

async function visitPages(
  visit: (page: readonly RecalledDocument[]) => Promise<void>,
  read: (after: number) => Promise<readonly Row[]>,
): Promise<number> {
  let count = 0;
  for (let after = 0; ;) {
    const rows = await read(after);
    if (rows.length > 0) await visit(rows.map(toRecalled));
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return count;
    after = last.id;
  }
}

function toRecalled(row: Row): RecalledDocument {
  return {
    ...(row.document !== null && { documentId: row.document }),
    signedAt: row.at,
    station: row.station,
    ...(row.sod_sha256 !== null && { sodSha256: new Uint8Array(row.sod_sha256) }),
  };
}
