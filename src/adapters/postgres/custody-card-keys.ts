import type {
  CardKeyImport,
  CardKeyStore,
  Doing,
  GivenComponent,
  NewRecordedCardKey,
  RecordedCardKey,
} from '../../production/document/custody/card-key-store';
import { useProposal } from './custody-four-eyes';
import type { Database, Transaction } from './database';
import { stateConflict } from './state-conflict';

/** Card keys in PostgreSQL; the rules stand in 0013_card_keys.sql. */
export function createCardKeyStore(database: Database): CardKeyStore {
  const run = <T>(place: string, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transaction(place, work);
  return {
    beginImport: (order, doing, approval) =>
      run(`keys ${order.name}`, async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        return beginImport(transaction, order, { ...doing, proposal: approval?.proposalId });
      }),
    findImport: (importId) =>
      run(`import ${importId}`, async (transaction) => {
        const [found] = await readImports(transaction, 'where i.id = $1', [importId]);
        return found;
      }),
    listOpenImports: () =>
      run('imports', (transaction) => readImports(transaction, 'where e.import is null', [])),
    giveComponent: (importId, given) =>
      run(`import ${importId}`, async (transaction) => {
        await transaction.rows(
          `insert into card_key_component (import, number, custodian, kcv, given_at, signature)
            values ($1, $2, $3, $4, $5, $6)`,
          [importId, given.number, given.custodian, given.kcv, given.givenAt, given.signature],
        );
      }),
    endImport: (importId, ending, doing) =>
      run(`import ${importId}`, async (transaction) => {
        const isCombined = ending !== 'abandoned';
        await transaction.rows(
          'insert into card_key_import_end (import, ending, ended_at, by) values ($1, $2, $3, $4)',
          [importId, isCombined ? 'combined' : 'abandoned', doing.at, doing.by],
        );
        if (isCombined) await addKeys(transaction, ending.combined, { ...doing, importId });
      }),
    addKeys: (keys, doing, approval) =>
      run('card keys', async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        await addKeys(transaction, keys, { ...doing, proposal: approval?.proposalId });
      }),
    listKeys: () => run('card keys', listKeys),
    destroyKeys: (labels, doing, approval) =>
      run('card keys', async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        await transaction.rows(
          `insert into card_key_destruction (label, key, destroyed_at, by, proposal)
            select asked, k.id, $2, $3, $4 from unnest($1::text[]) asked
            left join card_key k on k.label = asked
              and not exists (select from card_key_destruction d where d.key = k.id)`,
          [labels, doing.at, doing.by, approval?.proposalId],
        );
      }),
  };
}

async function beginImport(
  transaction: Transaction,
  order: Parameters<CardKeyStore['beginImport']>[0],
  { at, by, proposal }: Doing & { readonly proposal: number | undefined },
): Promise<number> {
  const [row] = await transaction.rows<{ id: number }>(
    `insert into card_key_import (name, part, cipher, length_bytes, realm, components, kcv, maker,
        card_type, batch, begun_at, begun_by, proposal)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
    [
      ...[order.name, order.part, order.cipher, order.lengthBytes, order.realm, order.components],
      ...[order.kcv, order.maker, order.cardType, order.batch, at, by, proposal],
    ],
  );
  if (row === undefined) throw new Error('an insert returns its row');
  return row.id;
}

async function addKeys(
  transaction: Transaction,
  keys: readonly NewRecordedCardKey[],
  doing: Doing & { readonly proposal?: number | undefined; readonly importId?: number },
): Promise<void> {
  for (const key of keys) {
    const rows = await transaction.rows(
      `insert into card_key (label, purpose, cipher, length_bytes, realm, kcv, origin, maker,
          card_type, batch, added_at, added_by, import, proposal)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
          coalesce($14, (select proposal from card_key_import where id = $13))) returning id`,
      [
        ...[key.label, key.purpose, key.cipher, key.lengthBytes, key.realm, key.kcv, key.origin],
        ...[key.maker, key.cardType, key.batch, doing.at, doing.by, doing.importId, doing.proposal],
      ],
    );
    if (rows.length === 0) throw stateConflict(`key ${key.label}`, 'it was not recorded');
  }
}

interface OriginRow {
  readonly cipher: RecordedCardKey['cipher'];
  readonly length_bytes: number;
  readonly realm: RecordedCardKey['realm'];
  readonly maker: string | null;
  readonly card_type: string | null;
  readonly batch: string | null;
}

interface ImportRow extends OriginRow {
  readonly id: number;
  readonly name: string;
  readonly part: CardKeyImport['part'];
  readonly components: number;
  readonly kcv: Uint8Array | null;
  readonly begun_at: Date;
  readonly begun_by: string;
  readonly ending: 'combined' | 'abandoned' | null;
  readonly ended_at: Date;
}

async function readImports(
  transaction: Transaction,
  where: string,
  parameters: readonly unknown[],
): Promise<readonly CardKeyImport[]> {
  const rows = await transaction.rows<ImportRow>(
    `select i.id, i.name, i.part, i.cipher, i.length_bytes, i.realm, i.components, i.kcv, i.maker,
        i.card_type, i.batch, i.begun_at, i.begun_by, e.ending, e.ended_at
      from card_key_import i left join card_key_import_end e on e.import = i.id
      ${where} order by i.id limit 1000`,
    parameters,
  );
  const components = await transaction.rows<{
    import: number;
    number: number;
    custodian: string;
    kcv: Uint8Array;
    given_at: Date;
    signature: Uint8Array;
  }>('select * from card_key_component where import = any($1::bigint[]) order by number', [
    rows.map(({ id }) => id),
  ]);
  return rows.map((row) => ({
    ...toOrigin(row),
    ...{ importId: row.id, name: row.name, part: row.part, components: row.components },
    ...(row.kcv !== null && { kcv: new Uint8Array(row.kcv) }),
    ...{ begunAt: row.begun_at, begunBy: row.begun_by },
    given: components
      .filter((one) => one.import === row.id)
      .map((one): GivenComponent => ({
        ...{ number: one.number, custodian: one.custodian, kcv: new Uint8Array(one.kcv) },
        ...{ givenAt: one.given_at, signature: new Uint8Array(one.signature) },
      })),
    ...(row.ending !== null && { end: { ending: row.ending, endedAt: row.ended_at } }),
  }));
}

interface KeyRow extends OriginRow {
  readonly label: string;
  readonly purpose: RecordedCardKey['purpose'];
  readonly kcv: Uint8Array;
  readonly origin: RecordedCardKey['origin'];
  readonly added_at: Date;
  readonly added_by: string;
  readonly destroyed_at: Date | null;
}

async function listKeys(transaction: Transaction): Promise<readonly RecordedCardKey[]> {
  const rows = await transaction.rows<KeyRow>(
    `select k.*, d.destroyed_at from card_key k
      left join card_key_destruction d on d.key = k.id order by k.label, k.id`,
  );
  return rows.map((row) => ({
    ...toOrigin(row),
    ...{ label: row.label, purpose: row.purpose, kcv: new Uint8Array(row.kcv) },
    ...{ origin: row.origin, addedAt: row.added_at, addedBy: row.added_by },
    ...(row.destroyed_at !== null && { destroyedAt: row.destroyed_at }),
  }));
}

function toOrigin(row: OriginRow) {
  return {
    ...{ cipher: row.cipher, lengthBytes: row.length_bytes, realm: row.realm },
    ...(row.maker !== null && { maker: row.maker }),
    ...(row.card_type !== null && { cardType: row.card_type }),
    ...(row.batch !== null && { batch: row.batch }),
  };
}
