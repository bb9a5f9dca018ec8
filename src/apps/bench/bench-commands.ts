import type { Command } from 'commander';
import { parseFaceLayout } from '../../production/face/parse-face-layout';
import { loadProduct } from '../../production/profile/load-profiles';
import type { CommandContext } from '../command-context';
import { collect, parseWholeNumber } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import { openFaceRenderer } from '../wiring/faces';
import { withThrowawayHsm } from '../wiring/keys';
import { openProfiles } from '../wiring/profiles';
import { openPictures } from '../wiring/records';
import { renderFaceBench, runFaceBench } from './bench-face';
import { renderSodBench, runSodBench, SOD_BENCH_TARGETS } from './bench-sod';

interface BenchOptions {
  readonly seconds: number;
}

/** `bench …`: figures of the design, each beside a reference of the same run. */
export function addBenchCommands(program: Command, context: CommandContext): void {
  const bench = program
    .command('bench')
    .description('Measures the figures that docs/benchmarks.md names.');
  addBench(bench, 'sod', 'EF.SODs a second beside raw signatures a second, one thread.')
    .option('--algorithm <name>', 'instead of those with a target; may be repeated', collect, [])
    .action(async (options: BenchOptions & { readonly algorithm: readonly string[] }) => {
      const { algorithm: named, seconds } = options;
      for (const algorithm of named.length > 0 ? named : Object.keys(SOD_BENCH_TARGETS)) {
        const result = await withThrowawayHsm((hsm) =>
          runSodBench({ algorithm, seconds, hsm, clock: systemClock, random: systemRandom }),
        );
        context.terminal.print(renderSodBench(result));
      }
    });
  addBench(bench, 'face', 'Two-sided cards a second of one core.').action(
    async ({ seconds }: BenchOptions) => {
      const profiles = openProfiles();
      const product = await loadProduct(profiles, 'vn-cccd-2021');
      const { text, file } = await profiles.readProfile('faces', product.face);
      const result = await runFaceBench({
        ...{ seconds, product, layout: parseFaceLayout(text, file) },
        ...{ renderer: openFaceRenderer(), pictures: openPictures(), today: systemClock.now() },
      });
      context.terminal.print(renderFaceBench(result));
    },
  );
}

function addBench(bench: Command, name: string, what: string): Command {
  return bench
    .command(name)
    .description(what)
    .option('--seconds <number>', 'how long to measure', parseWholeNumber(1, 600), 10);
}
