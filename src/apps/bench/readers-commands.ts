import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { withThrowawayHsm } from '../wiring/keys';
import { openPcscdSandbox } from '../wiring/pcscd-sandbox';
import { prepareBenchCard } from './bench-card';
import { renderDriftBench, runDriftBench } from './bench-drift';
import { renderInspectBench, runInspectBench } from './bench-inspect';
import { renderReadersBench, runReadersBench } from './bench-readers';
import { type CardBay, openBayInProcess } from './card-bay';
import { parseChipKind } from './parse-chip-kind';
import { openPcscBay, serveBlanks, type VpcdReader } from './pcsc-bay';

const MAX_READERS = 16;

interface ReadersOptions {
  readonly chip: string;
  readonly rounds: number;
  readonly readers: readonly string[];
  readonly inProcess?: true;
  /** Given by the command to itself inside its sandbox: NAME=PORT. */
  readonly vpcd?: readonly string[];
}

/** `bench readers`, `bench drift`, `bench inspect`: whole cards on simulated chips. */
export function addReadersBenches(bench: Command, context: CommandContext): void {
  bench
    .command('readers')
    .description('Cards a second with 1, 4 and 16 readers in one process, on chips that take time.')
    .option('--chip <chip>', 'kind of the chips', 'passport-applet-pace')
    .option('--readers <number...>', 'how many, the reference first', ['1', '4', '16'])
    .option('--rounds <number>', 'cards a reader for each number', parseWholeNumber(1, 100), 2)
    .option('--in-process', 'simulated readers, although there is a pcscd')
    .option('--vpcd <reader...>', 'NAME=PORT, readers of the pcscd that is reached here')
    .action((options: ReadersOptions) => benchReaders(context, options));
  bench
    .command('cards', { hidden: true })
    .requiredOption('--chip <chip>')
    .requiredOption('--port <number...>')
    .action(({ chip, port }: { readonly chip: string; readonly port: readonly string[] }) =>
      serveBlanks(parseChipKind(chip), port.map(parseWholeNumber(1, 65_535))),
    );
  bench
    .command('drift')
    .description('Time and heap of the last card beside the first, in one process.')
    .option('--chip <chip>', 'kind of the chips', 'passport-applet')
    .option('--cards <number>', 'how many', parseWholeNumber(4, 1_000_000), 10_000)
    .action(async ({ chip, cards }: { readonly chip: string; readonly cards: number }) => {
      const card = await withThrowawayHsm((hsm) => prepareBenchCard(hsm, chip));
      const result = await runDriftBench(card, cards, (made) => {
        if (made % 500 === 0) context.terminal.note(`${made} of ${cards} cards`);
      });
      context.terminal.print(renderDriftBench(result));
    });
  bench
    .command('inspect')
    .description('Cards judged a second by one thread, beside their bare verification.')
    .option('--seconds <number>', 'how long to measure', parseWholeNumber(1, 600), 10)
    .action(async ({ seconds }: { readonly seconds: number }) => {
      const card = await withThrowawayHsm((hsm) => prepareBenchCard(hsm, 'passport-applet-pace'));
      context.terminal.print(renderInspectBench(await runInspectBench(card, seconds)));
    });
}

async function benchReaders(context: CommandContext, options: ReadersOptions): Promise<void> {
  const { chip, rounds, vpcd, inProcess } = options;
  const kind = parseChipKind(chip);
  const counts = options.readers.map(parseWholeNumber(1, MAX_READERS));
  if (vpcd === undefined && inProcess !== true && (await runInSandbox(context, options, counts)))
    return;
  const bay: CardBay =
    vpcd === undefined
      ? openBayInProcess(kind, Math.max(...counts))
      : await openPcscBay(kind, vpcd.map(parseVpcdReader));
  try {
    const card = await withThrowawayHsm((hsm) => prepareBenchCard(hsm, chip));
    await runReadersBench({ card, bay, counts, rounds }, (result) =>
      context.terminal.print(renderReadersBench(result)),
    );
  } finally {
    await bay.close();
  }
}

/** The same command again where a pcscd of its own is reached; false where there can be none. */
async function runInSandbox(
  context: CommandContext,
  { chip, rounds }: ReadersOptions,
  counts: readonly number[],
): Promise<boolean> {
  const sandbox = await openPcscdSandbox(Math.max(...counts));
  if (sandbox === undefined) {
    context.terminal.note('no pcscd of its own can be had here: readers are simulated in process');
    return false;
  }
  try {
    const readers = sandbox.readers.map(({ name, port }) => `${name}=${port}`);
    const again = ['bench', 'readers', '--chip', chip, '--rounds', String(rounds)];
    const inside = sandbox.start(process.execPath, [
      ...[process.argv[1] ?? '', ...again, '--readers', ...counts.map(String)],
      ...['--vpcd', ...readers],
    ]);
    if (inside.stdout === null || inside.stderr === null) throw new Error('it has no output');
    createInterface({ input: inside.stdout }).on('line', (line) => context.terminal.print(line));
    createInterface({ input: inside.stderr }).on('line', (line) => context.terminal.note(line));
    const [status] = (await once(inside, 'close')) as [number | null];
    context.exitStatus = status ?? 3;
    return true;
  } finally {
    await sandbox.stop();
  }
}

function parseVpcdReader(text: string): VpcdReader {
  const [, name = '', port = ''] = /^(.+)=(\d+)$/.exec(text) ?? [];
  if (name === '') throw new ProductionError('USAGE', '--vpcd', ['it takes NAME=PORT']);
  return { name, port: Number(port) };
}
