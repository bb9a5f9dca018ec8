import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { fillQueue } from '../wiring/claims-bench';
import { renderClaimsBench, runClaimsBench } from './bench-claims';
import { renderHostBench, runHostBench } from './bench-host';
import { BENCH_PRODUCT, withBenchLine } from './bench-line';
import { parseChipKind } from './parse-chip-kind';

const MAX_WAITING = 100_000_000;

/** `bench host`, `bench claims`: the line over a real PostgreSQL. */
export function addLineBenches(bench: Command, { terminal }: CommandContext): void {
  bench
    .command('host')
    .description('Time of a card outside its chip, from claim to release over a real database.')
    .option('--chip <chip>', 'kind of the chips', 'passport-applet-pace')
    .option('--cards <number>', 'how many', parseWholeNumber(1, 100_000), 200)
    .action(async ({ chip, cards }: { readonly chip: string; readonly cards: number }) => {
      const kind = parseChipKind(chip);
      const result = await withBenchLine(({ line, register }) =>
        runHostBench({ line, kind, cards, register }),
      );
      terminal.print(renderHostBench(result));
    });
  bench
    .command('claims')
    .description('Time of a claim with ever more documents waiting, in a real database.')
    .option('--waiting <number...>', 'how many wait, the reference first', ['10000', '1000000'])
    .option('--claims <number>', 'claims for each', parseWholeNumber(1, 10_000), 300)
    .action(async (options: { readonly waiting: readonly string[]; readonly claims: number }) => {
      const sizes = options.waiting.map(parseWholeNumber(1, MAX_WAITING));
      const { claims } = options;
      await withBenchLine(({ line, databaseUrl, register }) =>
        runClaimsBench(
          {
            ...{ store: line.store, sizes, claims, register },
            fill: (waiting) =>
              fillQueue(databaseUrl, {
                ...{ waiting, product: BENCH_PRODUCT },
                onProgress: (rows) => terminal.note(`${rows} documents wait`),
              }),
          },
          (result) => terminal.print(renderClaimsBench(result)),
        ),
      );
    });
}
