import type { Hsm } from '../../production/ports';
import { median } from './rates';

export interface SignBenchRequest {
  readonly algorithm: string;
  /** Time for each number of sessions, half of it for the reference. */
  readonly seconds: number;
  readonly sessions: readonly number[];
  /** Opens the token with at most so many operations at the same time. */
  readonly openHsm: (sessions: number) => Promise<Hsm>;
  /** Opens bare signatures of the same token, by so many threads with a session each. */
  readonly openRaw: (order: {
    readonly label: string;
    readonly message: Uint8Array;
    readonly threads: number;
  }) => Promise<RawSignatures>;
}

export interface RawSignatures {
  /** Signatures a second, over so many milliseconds. */
  readonly rateOver: (ms: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Rates of one number of sessions and of the bare token, of the same run. */
export interface SignBenchResult {
  readonly algorithm: string;
  readonly sessions: number;
  readonly signaturesPerSecond: number;
  readonly rawPerSecond: number;
  readonly ratio: number;
}

/** The least ratio of the design. */
export const SIGN_BENCH_TARGET = 0.8;

const SLICE_MS = 200;
/** So many callers a session sign one document after the other, so that it has work even while a busy
 * machine keeps this thread from handing out more. */
const CALLERS_PER_SESSION = 64;

/**
 * Measures signatures through the `Hsm` port beside those that the token makes when it is called
 * directly, by as many threads with as many sessions. The two take turns in short slices, in an
 * order that alternates, so that a machine that is busy, warm or cold is so for both; the ratio is
 * the median of the ratios of neighbours.
 */
export async function runSignBench(request: SignBenchRequest): Promise<readonly SignBenchResult[]> {
  const { algorithm, openHsm } = request;
  const label = `bench-${algorithm}`;
  const key = { label, purpose: 'document-sign', algorithm } as const;
  const message = new Uint8Array(107).fill(1);
  const maker = await openHsm(1);
  if ((await maker.findKey(label)) === undefined) await maker.generateKeyPair(key);
  const results: SignBenchResult[] = [];
  try {
    for (const sessions of request.sessions) {
      const hsm = await openHsm(sessions);
      const raw = await request.openRaw({ label, message, threads: sessions });
      const sign = (): Promise<unknown> => hsm.sign({ ...key, message });
      const callers = sessions * CALLERS_PER_SESSION;
      try {
        const rates = await measure(request.seconds, { sign, callers, raw });
        results.push({ algorithm, sessions, ...rates });
      } finally {
        await raw.close();
        await hsm.close();
      }
    }
  } finally {
    await maker.close();
  }
  return results;
}

/** The result in one line, with the target of the design. */
export function renderSignBench(result: SignBenchResult): string {
  const { algorithm, sessions, signaturesPerSecond, rawPerSecond, ratio } = result;
  const verdict = ratio >= SIGN_BENCH_TARGET ? 'met' : 'missed';
  return (
    `${algorithm}, ${sessions} session${sessions === 1 ? '' : 's'}: ` +
    `${Math.round(signaturesPerSecond)} signatures/s, bare token ${Math.round(rawPerSecond)}/s, ` +
    `ratio ${ratio.toFixed(2)}, at least ${SIGN_BENCH_TARGET.toFixed(2)} wanted: ${verdict}`
  );
}

async function measure(
  seconds: number,
  work: {
    readonly sign: () => Promise<unknown>;
    readonly callers: number;
    readonly raw: RawSignatures;
  },
): Promise<Pick<SignBenchResult, 'signaturesPerSecond' | 'rawPerSecond' | 'ratio'>> {
  const through = (): Promise<number> => rateOf(work.callers, work.sign);
  const raw = (): Promise<number> => work.raw.rateOver(SLICE_MS);
  await through();
  await raw();
  const pairs: { readonly through: number; readonly raw: number }[] = [];
  const end = performance.now() + seconds * 1000;
  do {
    if (pairs.length % 2 === 0) pairs.push({ through: await through(), raw: await raw() });
    else pairs.push({ raw: await raw(), through: await through() });
  } while (performance.now() < end);
  return {
    signaturesPerSecond: median(pairs.map((pair) => pair.through)),
    rawPerSecond: median(pairs.map((pair) => pair.raw)),
    ratio: median(pairs.map((pair) => pair.through / pair.raw)),
  };
}

/** What so many callers reach together in one slice, each with one signature on its way. */
async function rateOf(callers: number, sign: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  let count = 0;
  const call = async (): Promise<void> => {
    while (performance.now() - begin < SLICE_MS) {
      await sign();
      count++;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return (count * 1000) / (performance.now() - begin);
}
