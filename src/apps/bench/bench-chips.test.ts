import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { SeededRandom } from '../../simulation/seeded-random';
import { withThrowawayHsm } from '../wiring/keys';
import { type BenchCard, prepareBenchCard } from './bench-card';
import { renderDriftBench, runDriftBench } from './bench-drift';
import { renderInspectBench, runInspectBench } from './bench-inspect';
import { renderReadersBench, runReadersBench } from './bench-readers';

const ROOT = join(__dirname, '../../..');

jest.setTimeout(180_000);

let card: BenchCard;
beforeAll(async () => {
  card = await withThrowawayHsm((hsm) => prepareBenchCard(hsm, 'passport-applet'));
});

test('a kind of chip that nobody can simulate is wrong', async () => {
  await expect(withThrowawayHsm((hsm) => prepareBenchCard(hsm, 'none'))).rejects.toMatchObject({
    code: 'PROFILE_UNKNOWN',
  });
});

test('judges the files of a card beside their bare verification', async () => {
  const result = await runInspectBench(card, 0.3);
  expect(result.judgedPerSecond).toBeGreaterThan(0);
  expect(result.ratio).toBeGreaterThan(0);
  expect(renderInspectBench({ judgedPerSecond: 150, verifiedPerSecond: 750, ratio: 0.2 })).toBe(
    'inspect: 150 cards judged a second, bare hashes and signature 750 a second, ratio 0.20',
  );
});

test('makes card after card and weighs the last against the first', async () => {
  const made: number[] = [];
  const result = await runDriftBench(card, 4, (number) => made.push(number));
  expect(made).toEqual([1, 2, 3, 4]);
  expect(result).toMatchObject({ cards: 4 });
  expect(Math.min(result.firstMs, result.lastMs, result.ratio, result.heapFirstMb)).toBeGreaterThan(
    0,
  );
});

test.each([
  [1.02, 41, 'met'],
  [1.2, 41, 'missed'],
  [1.02, 80, 'missed'],
])('a ratio of %f with %i MB in the end: %s', (ratio, heapLastMb, verdict) => {
  const line = renderDriftBench({
    ...{ cards: 10_000, firstMs: 40, lastMs: 41, ratio, heapFirstMb: 40, heapLastMb },
  });
  expect(line).toMatch(new RegExp(`: ${verdict}$`));
});

test('every reader makes its cards, on fresh blanks', async () => {
  const readers = ['a', 'b', 'c'].map((name) => new VirtualReader(name));
  const inserted: number[] = [];
  const results = await runReadersBench({
    card,
    counts: [1, 3],
    rounds: 2,
    bay: {
      words: 'in a test',
      readers,
      insertBlank: (index) => {
        inserted.push(index);
        const random = new SeededRandom(`${index} ${inserted.length}`);
        readers[index]?.remove();
        readers[index]?.insert(new VirtualCard({ kind: card.kind, random }));
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
  });
  // One to warm up, two of one reader alone, and at least two of each of the three.
  expect(inserted.slice(0, 3)).toEqual([0, 0, 0]);
  for (const index of [0, 1, 2]) {
    expect(inserted.slice(3).filter((one) => one === index).length).toBeGreaterThanOrEqual(2);
  }
  expect(results.map(({ readers: count }) => count)).toEqual([1, 3]);
  expect(results[0]?.ratio).toBe(1);
});

test.each([
  [16, 15.2, '16 readers, 3.800 cards/s, 4.20 s a card, ratio 15.20, at least 15 wanted: met'],
  [16, 12, '16 readers, 3.800 cards/s, 4.20 s a card, ratio 12.00, at least 15 wanted: missed'],
  [1, 1, '1 reader, 3.800 cards/s, 4.20 s a card, ratio 1.00'],
])('%i readers at a ratio of %f', (readers, ratio, words) => {
  const result = { readers, ratio, cardsPerSecond: 3.8, secondsPerCard: 4.2, words: 'here' };
  expect(renderReadersBench(result)).toBe(`readers here: ${words}`);
});

test('the command finds a pcscd of its own, or says that it has none', () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  const main = join(ROOT, 'dist/src/apps/main.js');
  const argv = ['bench', 'readers', '--readers', '1', '2', '--rounds', '1'];
  const out = execFileSync(process.execPath, [main, ...argv], { encoding: 'utf8', stdio: 'pipe' });
  expect(out.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^readers (over pcscd with \d+ vpcd readers|in process): 1 reader, /),
    expect.stringMatching(/: 2 readers, .* ratio \d/),
  ]);
});
