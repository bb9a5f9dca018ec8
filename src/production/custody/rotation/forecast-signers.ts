import type { ManagedSigner } from '../../document/custody/signer-store';

/** When a signer ends, and why. */
export interface SignerEnd {
  readonly number: number;
  readonly at: Date;
  readonly because: 'count' | 'days' | 'key-period' | 'validity';
}

export interface SignerForecast {
  /** The signer in use, or the one whose turn is next. */
  readonly current?: SignerEnd;
  readonly next?: { readonly number: number };
  /** When no signer is left, if nothing is added; absent where there is none now. */
  readonly lastEnd?: Date;
  readonly verdict: 'ready' | 'missing' | 'none';
}

const DAY_MS = 86_400_000;

/**
 * What the plan of production means for the signers: when the one in use ends, whether the next
 * is ready then, and when all are used up.
 *
 * @param perDay signatures a day; 0 where nothing is planned
 */
export function forecastSigners(
  signers: readonly ManagedSigner[],
  { now, perDay }: { readonly now: Date; readonly perDay: number },
): SignerForecast {
  const line = signers
    .filter(({ revokedAt }) => revokedAt === undefined)
    .filter(({ state }) => state === 'in-use' || state === 'waiting')
    .toSorted((left, right) => rank(left) - rank(right));
  const ends: SignerEnd[] = [];
  let from = now;
  for (const signer of line) {
    if (signer.signer.keyUse.from > from || signer.signer.validity.from > from) continue;
    const end = endOf(signer, { from, perDay });
    if (end.at <= from) continue;
    ends.push(end);
    from = end.at;
  }
  const [current, next] = ends;
  if (current === undefined) return { verdict: 'none' };
  return {
    current,
    ...(next !== undefined && { next: { number: next.number } }),
    lastEnd: from,
    verdict: next === undefined ? 'missing' : 'ready',
  };
}

/** One sentence in both languages, as `key status` says it. */
export function describeForecast(forecast: SignerForecast): {
  readonly vi: string;
  readonly en: string;
} {
  const { current, next, verdict } = forecast;
  if (current === undefined || verdict === 'none') {
    return {
      vi: 'Không có khóa ký nào sẵn sàng',
      en: 'no document signer is ready',
    };
  }
  const day = current.at.toISOString().slice(0, 10);
  const [viNext, enNext] =
    next === undefined
      ? ['chưa có khóa tiếp theo', 'the next one is missing']
      : [
          `khóa tiếp theo DSC ${next.number} đã sẵn sàng`,
          `the next one, DSC ${next.number}, is ready`,
        ];
  return {
    vi: `Với tốc độ này, DSC ${current.number} kết thúc ngày ${day}; ${viNext}`,
    en: `at this rate DSC ${current.number} ends on ${day} (${current.because}); ${enNext}`,
  };
}

function rank({ state, number }: ManagedSigner): number {
  return state === 'in-use' ? 0 : number;
}

function endOf(
  one: ManagedSigner,
  { from, perDay }: { readonly from: Date; readonly perDay: number },
): SignerEnd {
  const { number, maxSignatures, maxDays, reserved, inUseAt } = one;
  const candidates: SignerEnd[] = [
    { number, at: one.signer.keyUse.until, because: 'key-period' },
    { number, at: one.signer.validity.until, because: 'validity' },
  ];
  if (maxDays !== undefined) {
    const begin = inUseAt ?? from;
    candidates.push({ number, at: new Date(begin.getTime() + maxDays * DAY_MS), because: 'days' });
  }
  if (maxSignatures !== undefined && perDay > 0) {
    const left = Math.max(0, maxSignatures - reserved);
    candidates.push({
      ...{ number, because: 'count' },
      at: new Date(from.getTime() + (left / perDay) * DAY_MS),
    });
  }
  return candidates.reduce((least, one) => (one.at < least.at ? one : least));
}
