import type { ManagedSigner } from '../../document/custody/signer-store';
import { exhaustCount } from './exhaust-count';
import type { ProductionPlan } from './production-plan';

export type EndReason = 'count' | 'days' | 'key-period' | 'validity';

/** When a signer ends, and why. */
export interface SignerEnd {
  readonly number: number;
  readonly at: Date;
  readonly because: EndReason;
}

export interface SignerForecast {
  /** The signer in use, or the one whose turn is next. */
  readonly current?: SignerEnd;
  readonly next?: { readonly number: number };
  /** A signer that waits but may sign only after all others have ended, and from when. */
  readonly late?: { readonly number: number; readonly from: Date };
  /** When no signer is left, if nothing is added; absent where there is none now. */
  readonly lastEnd?: Date;
  /** Another signer is to be made by then; absent where there is none now. */
  readonly addBy?: Date;
  /** Another signer is to be made now. */
  readonly due: boolean;
  readonly verdict: 'ready' | 'missing' | 'none';
}

export interface ForecastOrder {
  readonly now: Date;
  /** Without one only time ends a signer. */
  readonly plan?: ProductionPlan;
  /** So long before the last signer ends another is made; 30 days by default. */
  readonly leadDays?: number;
}

const DAY_MS = 86_400_000;
const LEAD_DAYS = 30;

/**
 * What the plan of production means for the signers: when the one in use ends, whether the next
 * is ready then, when all are used up, and when another has to be made. They take turns as the
 * database has them do: after one ends, the lowest number of those that wait and may sign.
 */
export function forecastSigners(
  signers: readonly ManagedSigner[],
  order: ForecastOrder,
): SignerForecast {
  const { now, leadDays = LEAD_DAYS } = order;
  const waiting = signers
    .filter(({ revokedAt }) => revokedAt === undefined)
    .filter(({ state }) => state === 'in-use' || state === 'waiting')
    .toSorted((left, right) => rank(left) - rank(right));
  const ends: SignerEnd[] = [];
  let from = now;
  for (;;) {
    const index = waiting.findIndex((one) => mayBegin(one, from));
    const [one] = index === -1 ? [] : waiting.splice(index, 1);
    if (one === undefined) break;
    const end = endOf(one, from, order.plan);
    if (end.at <= from) continue;
    ends.push(end);
    from = end.at;
  }
  const [current, next] = ends;
  const late = lateOf(waiting, from);
  if (current === undefined) return { ...(late && { late }), due: true, verdict: 'none' };
  const addBy = new Date(from.getTime() - leadDays * DAY_MS);
  return {
    current,
    ...(next !== undefined && { next: { number: next.number } }),
    ...(late && { late }),
    ...{ lastEnd: from, addBy },
    due: next === undefined || addBy <= now,
    verdict: next === undefined ? 'missing' : 'ready',
  };
}

/** The one in use goes on whatever its begin; the others wait until they may. */
function mayBegin({ state, signer }: ManagedSigner, at: Date): boolean {
  return state === 'in-use' || (signer.keyUse.from <= at && signer.validity.from <= at);
}

function lateOf(waiting: readonly ManagedSigner[], at: Date): SignerForecast['late'] {
  const begins = waiting
    .map(({ number, signer: { keyUse, validity } }) => ({
      number,
      from: keyUse.from > validity.from ? keyUse.from : validity.from,
    }))
    .filter(({ from }) => from > at);
  return begins.toSorted((left, right) => left.from.getTime() - right.from.getTime())[0];
}

function rank({ state, number }: ManagedSigner): number {
  return state === 'in-use' ? 0 : number;
}

function endOf(one: ManagedSigner, from: Date, plan: ProductionPlan | undefined): SignerEnd {
  const { number, maxSignatures, maxDays, reserved, inUseAt, signer } = one;
  const candidates: SignerEnd[] = [
    { number, at: signer.keyUse.until, because: 'key-period' },
    { number, at: signer.validity.until, because: 'validity' },
  ];
  if (maxDays !== undefined) {
    const begin = inUseAt ?? from;
    candidates.push({ number, at: new Date(begin.getTime() + maxDays * DAY_MS), because: 'days' });
  }
  const byTime = candidates.reduce(earlier);
  if (maxSignatures === undefined) return byTime;
  const left = Math.max(0, maxSignatures - reserved);
  // A signer that is used up gives way at once, whatever is planned.
  if (left === 0) return { number, at: from, because: 'count' };
  const at = plan && exhaustCount(plan, left, { from, until: byTime.at });
  return at === undefined ? byTime : { number, at, because: 'count' };
}

function earlier(one: SignerEnd, other: SignerEnd): SignerEnd {
  return other.at < one.at ? other : one;
}
