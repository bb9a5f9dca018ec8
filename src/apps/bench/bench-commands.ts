import type { Command } from 'commander';
import { parseFaceLayout } from '../../production/face/parse-face-layout';
import { issueTrialCardKeys } from '../../production/custody/issue-trial-card-keys';
import { loadPair, loadProduct } from '../../production/profile/load-profiles';
import type { CommandContext } from '../command-context';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { collect, parseWholeNumber } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import { openFaceRenderer } from '../wiring/faces';
import { withThrowawayHsm } from '../wiring/keys';
import { openBenchToken } from '../wiring/bench-token';
import { withFilledLedger } from '../wiring/ledger-bench';
import { openProfiles } from '../wiring/profiles';
import { openPictures } from '../wiring/records';
import { renderFaceBench, runFaceBench } from './bench-face';
import { renderRecallBench, runRecallBench } from './bench-recall';
import { renderSignBench, runSignBench } from './bench-sign';
import { addLineBenches } from './line-commands';
import { addPortraitBench } from './portrait-command';
import { addReadersBenches } from './readers-commands';
import { renderSodBench, runSodBench, SOD_BENCH_TARGETS } from './bench-sod';
import { renderWireBench, runWireBench } from './bench-wire';

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
  addSignBench(bench, context);
  addRecallBench(bench, context);
  addReadersBenches(bench, context);
  addLineBenches(bench, context);
  addPortraitBench(bench, context);
  addWireBench(bench, context);
}

function addWireBench(bench: Command, { terminal }: CommandContext): void {
  bench
    .command('wire')
    .description('Bytes on the wire over bytes of files, for every product on each of its chips.')
    .action(async () => {
      const profiles = openProfiles();
      await withThrowawayHsm(async (cardKeys) => {
        await issueTrialCardKeys(cardKeys);
        for (const name of await profiles.listProfiles('products')) {
          const { chips } = await loadProduct(profiles, name);
          for (const chip of chips) {
            const pair = await loadPair(profiles, { product: name, chip });
            const result = await runWireBench({ pair, cardKeys, random: systemRandom });
            terminal.print(renderWireBench(result));
          }
        }
      });
    });
}

function addSignBench(bench: Command, { terminal }: CommandContext): void {
  const sign = addBench(bench, 'sign', 'Signatures a second in a PKCS #11 token, beside it bare.')
    .option('--algorithm <name>', 'what is signed with', 'ecdsa-P-256-sha256')
    .option('--sessions <number...>', 'how many sessions', ['1', '2', '4']);
  type Options = BenchOptions &
    KeyPlaceOptions & { readonly algorithm: string; readonly sessions: readonly string[] };
  addKeyPlaceOptions(sign).action(async (options: Options) => {
    const { algorithm, seconds } = options;
    const token = await openBenchToken(readKeyPlace(options));
    const results = await runSignBench({
      ...{ algorithm, seconds, ...token },
      sessions: options.sessions.map(parseWholeNumber(1, 64)),
    });
    for (const result of results) terminal.print(renderSignBench(result));
  });
}

function addRecallBench(bench: Command, { terminal }: CommandContext): void {
  bench
    .command('recall')
    .description('How long it takes to list the documents of one signer in a long ledger.')
    .option('--rows <number>', 'rows of the ledger', parseWholeNumber(1000, 1e9), 10_000_000)
    .option('--signers <number>', 'whose rows are mixed', parseWholeNumber(1, 1000), 20)
    .action(async ({ rows, signers }: { readonly rows: number; readonly signers: number }) => {
      const onProgress = (done: number): void => terminal.note(`${done} rows`);
      const result = await withFilledLedger({ rows, signers, onProgress }, (custody) =>
        runRecallBench(custody.signers, { number: 1, ledgerRows: rows }),
      );
      terminal.print(renderRecallBench(result));
    });
}

function addBench(bench: Command, name: string, what: string): Command {
  return bench
    .command(name)
    .description(what)
    .option('--seconds <number>', 'how long to measure', parseWholeNumber(1, 600), 10);
}
