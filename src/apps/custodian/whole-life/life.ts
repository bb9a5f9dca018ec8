import type { CustodyStore } from '../../../production/document/custody/custody-store';
import type { KeySet } from '../../../production/document/key-set';
import type { LineStore } from '../../../production/document/line-store';
import { ProductionError } from '../../../production/errors';
import type { LifeCustodians } from './life-custodians';
import type { Clock, Hsm } from '../../../production/ports';
import type { KeyPlace } from '../../wiring/keys';

/** What the cards of the life are. */
export const PRODUCT = 'icao-td3-passport';

/** A clock that stands still until somebody moves it. */
export class MovableClock implements Clock {
  constructor(private moment: Date) {}

  now(): Date {
    return this.moment;
  }

  moveTo(moment: Date): void {
    if (moment < this.moment) throw new RangeError('time does not go back');
    this.moment = moment;
  }
}

/** Everything of the life that is told, and where it is told. */
export interface Life {
  readonly folder: string;
  readonly place: KeyPlace;
  readonly databaseUrl: string;
  readonly clock: MovableClock;
  readonly custody: CustodyStore;
  readonly custodians: LifeCustodians;
  readonly store: LineStore;
  readonly hsm: Hsm;
  readonly keys: KeySet;
  readonly say: (text: string) => void;
}

/** Stops the run at the first thing that is not as it must be. */
export function expectThat(condition: boolean, sentence: string): void {
  if (condition) return;
  throw new ProductionError('STATE_CONFLICT', 'whole life', [`it is not so that ${sentence}`]);
}
