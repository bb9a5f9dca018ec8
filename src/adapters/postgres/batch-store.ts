import { CARD_LIFE_CYCLE, type CardState } from '../../production/document/life-cycle';
import type {
  AttemptOutcome,
  BatchReport,
  BatchStore,
  BatchSummary,
  Page,
} from '../../production/document/line-store';
import type { Database, Transaction } from './database';
import { pageLimit } from './page-limit';

/** Batches are read and never written: a lot is its cards, and what became of them. */
export function createBatchStore(database: Database): BatchStore {
  return {
    listBatches: (page) =>
      database.transaction('batches', (transaction) => listBatches(transaction, page)),
    findBatch: (lot) =>
      database.transaction(`batch ${lot}`, (transaction) => findBatch(transaction, lot)),
  };
}

interface LotRow {
  readonly lot: string;
  readonly chip: string;
  readonly cards: Partial<Record<CardState, number>>;
}

const SELECT_LOT = `select lot, chip, coalesce((
    select jsonb_object_agg(state, count) from (
      select state, count(*) as count from card where card.lot = card_lot.lot group by state
    ) counted
  ), '{}') as cards from card_lot`;

async function listBatches(
  transaction: Transaction,
  page: Page<string> = {},
): Promise<readonly BatchSummary[]> {
  const rows = await transaction.rows<LotRow>(
    `${SELECT_LOT} where $1::text is null or lot > $1 order by lot limit $2`,
    [page.after, pageLimit(page)],
  );
  return rows.map(summaryOf);
}

async function findBatch(transaction: Transaction, lot: string): Promise<BatchReport | undefined> {
  const [row] = await transaction.rows<LotRow>(`${SELECT_LOT} where lot = $1`, [lot]);
  if (row === undefined) return undefined;
  const made = await transaction.rows<{
    outcome: AttemptOutcome;
    product: string;
    count: number;
  }>(
    `select attempt.outcome, document.product, count(*) as count
      from attempt join card using (chip_serial) join document on document.id = attempt.document
      where card.lot = $1 group by attempt.outcome, document.product`,
    [lot],
  );
  const attempts: Record<AttemptOutcome, number> = { open: 0, good: 0, spoiled: 0 };
  for (const { outcome, count } of made) attempts[outcome] += count;
  return {
    ...summaryOf(row),
    attempts,
    products: [...new Set(made.map(({ product }) => product))].toSorted(),
    warnings: await countWarnings(transaction, lot),
  };
}

/** Warnings of the signed documents and of the chips as they were read last, side by side. */
const COUNT_WARNINGS = `
  with made as (
    select attempt.id, attempt.document, attempt.signature
      from attempt join card using (chip_serial) where card.lot = $1
  ), said as (
    select 'documents' as stage, check_id, file, made.document
      from document_warning join made using (signature)
    union
    select 'chips', finding->>'id', finding->>'file', made.document
      from inspection join made on made.id = inspection.attempt,
        jsonb_array_elements(inspection.summary->'notPassed') finding
      where inspection.phase = 'after-lock' and finding->>'outcome' = 'warning'
  )
  select check_id, file, count(*) filter (where stage = 'documents') as documents,
      count(*) filter (where stage = 'chips') as chips
    from said group by check_id, file
    order by count(distinct document) desc, check_id, file`;

async function countWarnings(
  transaction: Transaction,
  lot: string,
): Promise<BatchReport['warnings']> {
  const rows = await transaction.rows<{
    check_id: string;
    file: string | null;
    documents: number;
    chips: number;
  }>(COUNT_WARNINGS, [lot]);
  return rows.map(({ check_id: check, file, documents, chips }) => ({
    check,
    ...(file !== null && { file }),
    ...{ documents, chips },
  }));
}

function summaryOf({ lot, chip, cards }: LotRow): BatchSummary {
  const states = Object.keys(CARD_LIFE_CYCLE) as CardState[];
  const counts = states.map((state) => [state, cards[state] ?? 0] as const);
  return { lot, chip, cards: Object.fromEntries(counts) as Record<CardState, number> };
}
