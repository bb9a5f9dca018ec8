import type { CardOutcome } from '../../production/line';
import type { PullSummary } from '../../production/intake/pull-records';
import type { StockBalance, WarningCount } from '../../production/document/line-store';
import type { KeyPlaceOptions } from '../key-place-options';
import type { HsmKind } from '../wiring/keys';
import type { SignerAccount } from './demo-signers';

export interface DemoOptions extends KeyPlaceOptions {
  readonly cards: number;
  readonly out: string;
  readonly seed: number;
  readonly hsm: HsmKind;
}

/** What the demo came to, for the summary and the closing table. */
export interface DemoResult {
  readonly startedAt: Date;
  readonly pulled: PullSummary;
  readonly outcomes: readonly CardOutcome[];
  readonly balance: StockBalance;
  /** How often each check warned, over all cards. */
  readonly warnings: readonly WarningCount[];
  readonly signers: readonly SignerAccount[];
}
