import type { Command } from 'commander';
import { Option } from 'commander';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { EXIT } from '../report-error';
import { printJson } from '../terminal';
import type { Language } from '../warning-lines';
import { countCards, describeBatch } from './describe-batch';
import { addStoreOptions, withStore, type StoreOptions } from './open-line-store';

interface ListOptions extends StoreOptions {
  readonly after?: string;
  readonly limit: number;
  readonly json?: true;
}

interface ShowOptions extends StoreOptions {
  readonly language: Language;
  readonly json?: true;
}

/** `batch list`, `batch show`: what became of the blanks of one lot, and what was warned of. */
export function addBatchCommands(program: Command, context: CommandContext): void {
  const batch = program.command('batch').description('The blanks of one lot, and what was made.');
  addStoreOptions(
    batch
      .command('list')
      .description('Lists the lots that were received.')
      .option('--after <lot>', 'only lots after this one: the next page')
      .option('--limit <number>', 'so many at most', parseWholeNumber(1, 1000), 100)
      .option('--json', 'for machines'),
  ).action((options: ListOptions) => list(context, options));
  addStoreOptions(
    batch
      .command('show')
      .description('Cards by state, attempts, and how often each check warned.')
      .argument('<lot>', 'name of the lot')
      .addOption(new Option('--language <language>').choices(['vi', 'en']).default('en'))
      .option('--json', 'for machines'),
  ).action((lot: string, options: ShowOptions) => show(context, lot, options));
}

async function list(context: CommandContext, options: ListOptions): Promise<void> {
  const { after, limit, json } = options;
  const batches = await withStore(context, options, (store) =>
    store.listBatches({ limit, ...(after !== undefined && { after }) }),
  );
  if (json === true) {
    printJson(context.terminal, batches);
    return;
  }
  for (const one of batches)
    context.terminal.print(`${one.lot}  ${one.chip}  ${countCards(one, 'en')}`);
  const last = batches.at(-1)?.lot;
  if (last === undefined) context.terminal.note('no blanks were received yet');
  else if (batches.length === limit) context.terminal.note(`more: --after ${last}`);
}

async function show(context: CommandContext, lot: string, options: ShowOptions): Promise<void> {
  const found = await withStore(context, options, (store) => store.findBatch(lot));
  if (found === undefined) {
    const vi = options.language === 'vi';
    context.terminal.note(vi ? `không có lô ${lot}` : `there is no lot ${lot}`);
    context.exitStatus = EXIT.no;
  } else if (options.json === true) printJson(context.terminal, found);
  else for (const line of describeBatch(found, options.language)) context.terminal.print(line);
}
