import { openPortraitBench } from '../wiring/portrait-bench';
import { renderPortraitBench, runPortraitBench } from './bench-portrait';

test.each(['jpeg', 'jpeg2000'] as const)(
  '%s: the search fills its bytes in few encodings',
  async (format) => {
    const result = await runPortraitBench({
      seconds: 0.03,
      wish: { widthPx: 240, heightPx: 320, maxBytes: 9_000, format },
      today: new Date('2026-06-15T00:00:00Z'),
      open: openPortraitBench,
    });
    expect(result.whole).toBeGreaterThan(0);
    expect(result.search).toBeGreaterThan(0);
    expect(result.reference).toBeGreaterThan(0);
    expect(result.encodings).toBeGreaterThanOrEqual(1);
    expect(result.encodings).toBeLessThanOrEqual(5);
    expect(result.filled).toBeLessThanOrEqual(1);
    expect(result.filled).toBeGreaterThan(0.8);
  },
  30_000,
);

test('the line names both rates and their ratio', () => {
  const rates = { whole: 20, search: 30, reference: 120, encodings: 3.5, filled: 0.97 };
  expect(renderPortraitBench({ format: 'jpeg', maxBytes: 20_000, ...rates })).toBe(
    'portrait jpeg, at most 20000 bytes: 20.0 a second of one core; the search 30.0 beside 120.0 ' +
      'single encodings by the codec, ratio 0.25; 3.5 encodings a portrait, 97 % of the bytes used',
  );
});
