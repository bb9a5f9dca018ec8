import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { systemClock } from '../system';
import { openPortraitBench } from '../wiring/portrait-bench';
import { renderPortraitBench, runPortraitBench } from './bench-portrait';

interface PortraitOptions {
  readonly seconds: number;
  readonly bytes: number;
}

/** `bench portrait`. */
export function addPortraitBench(bench: Command, { terminal, signal }: CommandContext): void {
  bench
    .command('portrait')
    .description('Portraits a second of one core to a budget of bytes, beside single encodings.')
    .option('--seconds <number>', 'how long to measure each format', parseWholeNumber(1, 600), 9)
    .option('--bytes <number>', 'at most', parseWholeNumber(4000, 1_000_000), 20_000)
    .action(async ({ seconds, bytes: maxBytes }: PortraitOptions) => {
      for (const format of ['jpeg', 'jpeg2000'] as const) {
        signal.throwIfAborted();
        const result = await runPortraitBench({
          ...{ seconds, today: systemClock.now(), open: openPortraitBench },
          wish: { widthPx: 480, heightPx: 640, maxBytes, format },
        });
        terminal.print(renderPortraitBench(result));
      }
    });
}
