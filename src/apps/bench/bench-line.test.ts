import { fillQueue } from '../wiring/claims-bench';
import { renderClaimsBench, runClaimsBench } from './bench-claims';
import { renderHostBench, runHostBench } from './bench-host';
import { BENCH_PRODUCT, withBenchLine } from './bench-line';

test('claims the registered documents while others wait behind them, and makes whole cards', async () => {
  await withBenchLine(async ({ line, databaseUrl, register }) => {
    const { store } = line;
    const fill = (waiting: number) => fillQueue(databaseUrl, { waiting, product: BENCH_PRODUCT });

    await expect(
      runClaimsBench({ store, sizes: [40], claims: 30, register, fill }),
    ).rejects.toMatchObject({ code: 'USAGE' });

    const host = await runHostBench({ line, kind: 'passport-applet', cards: 2, register });
    expect(host.cards).toBe(2);
    expect(host.beforeChipMs).toBeGreaterThan(0);
    expect(host.hostMs).toBeGreaterThan(host.beforeChipMs);

    const claims = await runClaimsBench({
      ...{ store, sizes: [200, 3_000], claims: 5, register, fill },
    });
    expect(claims.map(({ waiting }) => waiting)).toEqual([200, 3_000]);
    expect(claims[0]?.ratio).toBe(1);
    expect(Math.min(...claims.map(({ medianMs }) => medianMs))).toBeGreaterThan(0);
    expect(await store.claimDocument({ station: 'another', product: 'none' })).toBeUndefined();
  });
}, 120_000);

test.each([
  [1.25, 'met'],
  [1.26, 'missed'],
])('claims at a ratio of %f: %s', (ratio, verdict) => {
  expect(renderClaimsBench({ waiting: 10_000_000, medianMs: 1.234, ratio })).toBe(
    `claims: 10000000 waiting, median 1.23 ms a claim, ratio ${ratio}, at most 1.25 wanted: ${verdict}`,
  );
});

test('the first of a run of claims is what the others are held against', () => {
  expect(renderClaimsBench({ waiting: 10_000, medianMs: 1.2, ratio: 1 })).toBe(
    'claims: 10000 waiting, median 1.20 ms a claim, the reference',
  );
});

test.each([
  [60, '0.6 %', 'met'],
  [100, '1.0 %', 'missed'],
])('%i ms of the host are %s of a slow card: %s', (hostMs, share, verdict) => {
  const line = renderHostBench({ cards: 9, hostMs, beforeChipMs: 20 });
  expect(line).toContain(share);
  expect(line).toMatch(new RegExp(`: ${verdict}$`));
});
