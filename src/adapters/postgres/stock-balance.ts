import type { AttemptOutcome, StockBalance } from '../../production/document/line-store';
import {
  CARD_LIFE_CYCLE,
  DOCUMENT_LIFE_CYCLE,
  type CardState,
  type DocumentState,
} from '../../production/document/life-cycle';
import type { Transaction } from './database';

interface CountRow {
  readonly subject: 'document' | 'card' | 'attempt' | 'refusal';
  readonly word: string;
  readonly count: number;
}

type Counts<Word extends string> = Record<Word, number>;

/** One statement, so that all counts are of the same moment. */
const COUNT = `
  select 'document' as subject, state as word, count(*) as count from document group by state
  union all select 'card', state, count(*) from card group by state
  union all select 'attempt', outcome, count(*) from attempt group by outcome
  union all select 'refusal', 'open', count(*) from record_refusal where settled_at is null`;

export async function readStockBalance(transaction: Transaction): Promise<StockBalance> {
  const rows = await transaction.rows<CountRow>(COUNT);
  const countsOf = <Word extends string>(subject: CountRow['subject'], words: readonly Word[]) => {
    const counts = Object.fromEntries(words.map((word) => [word, 0])) as Counts<Word>;
    for (const row of rows) {
      if (row.subject === subject) counts[row.word as Word] = row.count;
    }
    return counts;
  };
  const documents = countsOf('document', Object.keys(DOCUMENT_LIFE_CYCLE) as DocumentState[]);
  const cards = countsOf('card', Object.keys(CARD_LIFE_CYCLE) as CardState[]);
  const attempts = countsOf<AttemptOutcome>('attempt', ['open', 'good', 'spoiled']);
  const refusals = countsOf('refusal', ['open']).open;
  return {
    documents,
    cards,
    attempts,
    refusals,
    discrepancies: findDiscrepancies(documents, cards, attempts),
  };
}

/** Sums that must be equal; exported for its own test, because the database keeps them equal. */
export function findDiscrepancies(
  documents: Counts<DocumentState>,
  cards: Counts<CardState>,
  attempts: Counts<AttemptOutcome>,
): string[] {
  const released = documents.released + documents.dispatched + documents.delivered;
  const inMachine = documents.encoding + documents.encoded;
  const good = cards.good + cards.dispatched;
  const spoiled = cards.spoiled + cards.destroyed;
  const rules: readonly (readonly [right: boolean, otherwise: string])[] = [
    [released === attempts.good, `${released} documents released, ${attempts.good} good attempts`],
    [good === attempts.good, `${good} good cards, ${attempts.good} good attempts`],
    [inMachine === attempts.open, `${inMachine} documents in a machine, ${attempts.open} attempts`],
    [attempts.open <= cards.issued, `${attempts.open} attempts, ${cards.issued} cards issued`],
    [attempts.spoiled <= spoiled, `${attempts.spoiled} spoiled attempts, ${spoiled} spoiled cards`],
  ];
  return rules.filter(([right]) => !right).map(([, otherwise]) => otherwise);
}
