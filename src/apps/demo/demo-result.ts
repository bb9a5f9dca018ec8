import type { CardOutcome } from '../../production/line';
import type { PullSummary } from '../../production/intake/pull-records';
import type { StockBalance } from '../../production/document/line-store';

export interface DemoOptions {
  readonly cards: number;
  readonly out: string;
  readonly seed: number;
}

/** What the demo came to, for the summary and the closing table. */
export interface DemoResult {
  readonly startedAt: Date;
  readonly pulled: PullSummary;
  readonly outcomes: readonly CardOutcome[];
  readonly balance: StockBalance;
}
