import { SeededRandom } from '../seeded-random';
import { exchangeMs, TYPICAL_TIMING } from './chip-timing';
import { sendAll, specimenCommands } from './testing/write-specimen';
import { TestTerminal } from './testing/test-terminal';
import { VirtualCard } from './virtual-card';
import { VirtualReader } from './virtual-reader';

test('a chip takes the time of its bytes, its pages and its computing, and is waited for', async () => {
  const waited: number[] = [];
  const card = new VirtualCard({
    kind: 'passport-applet',
    random: new SeededRandom('timed'),
    timing: TYPICAL_TIMING,
    sleep: (delayMs) => {
      waited.push(delayMs);
      return Promise.resolve();
    },
  });
  const reader = new VirtualReader('reader');
  reader.insert(card);
  const terminal = new TestTerminal(
    await reader.connect({ timeoutMs: 0 }),
    new SeededRandom('terminal'),
  );
  const commands = specimenCommands('passport-applet');
  await sendAll(terminal, commands);
  expect(waited).toHaveLength(commands.length);
  expect(waited.reduce((sum, one) => sum + one, 0)).toBeCloseTo(card.busyMs);
  const wireBytes = commands.reduce((sum, command) => sum + command.length / 2 + 2, 0);
  const expected =
    TYPICAL_TIMING.commandMs * commands.length +
    TYPICAL_TIMING.byteMs * wireBytes +
    TYPICAL_TIMING.pageMs * card.pagesProgrammed;
  expect(card.busyMs).toBeCloseTo(expected);
});

test('computing counts by instruction', () => {
  const exchange = { ins: 0x88, commandBytes: 0, responseBytes: 0, pages: 0 };
  const { commandMs, computingMs } = TYPICAL_TIMING;
  expect(exchangeMs(TYPICAL_TIMING, exchange)).toBe(commandMs + (computingMs[0x88] ?? 0));
  expect(exchangeMs(TYPICAL_TIMING, { ...exchange, ins: 0xff })).toBe(commandMs);
});
