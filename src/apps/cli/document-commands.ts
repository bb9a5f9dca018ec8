import type { Command } from 'commander';
import type { DocumentSummary, TraceEvent } from '../../production/document/line-store';
import { DOCUMENT_LIFE_CYCLE, type DocumentState } from '../../production/document/life-cycle';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { printJson } from '../terminal';
import { addBuildCommand } from './document-build';
import { addStoreOptions, withStore, type StoreOptions } from './open-line-store';
import { describeMrz, previewStored } from './stored-mrz';
import { parseWholeNumber } from '../parse-options';

interface ReadOptions extends StoreOptions {
  readonly json?: true;
}

interface ShowOptions extends ReadOptions {
  readonly mrz?: true;
}

interface ApproveOptions extends StoreOptions {
  readonly mrzSeen?: true;
  readonly by: string;
  readonly reason: string;
}

interface ListOptions extends ReadOptions {
  readonly state?: string;
  readonly after?: number;
  readonly limit: number;
}

const anyNumber = parseWholeNumber(1, Number.MAX_SAFE_INTEGER);

/** `document build`, `list`, `show`, `trace`, `approve`. */
export function addDocumentCommands(program: Command, context: CommandContext): void {
  const document = program.command('document').description('Documents: built, shown, traced.');
  addBuildCommand(document, context);
  addStoreOptions(
    document
      .command('list')
      .description('Lists documents by number.')
      .option('--state <state>', `one of ${Object.keys(DOCUMENT_LIFE_CYCLE).join(', ')}`)
      .option('--after <number>', 'only documents after this one: the next page', anyNumber)
      .option('--limit <number>', 'so many at most', parseWholeNumber(1, 1000), 100)
      .option('--json', 'for machines'),
  ).action((options: ListOptions) => list(context, options));
  addStoreOptions(
    document
      .command('show')
      .description('Shows one document: its state and the cards spent on it.')
      .argument('<number>', 'number of the document', anyNumber)
      .option('--mrz', 'and what its MRZ will hold, in clear')
      .option('--json', 'for machines'),
  ).action((id: number, options: ShowOptions) => show(context, id, options));
  addStoreOptions(
    document
      .command('trace')
      .description('Every event of its life and of the cards spent on it.')
      .argument('<number>', 'number of the document', anyNumber)
      .option('--json', 'for machines'),
  ).action((id: number, options: ReadOptions) => trace(context, id, options));
  addStoreOptions(
    document
      .command('approve')
      .description('Lifts the hold of a document whose doubts a person has looked at.')
      .argument('<number>', 'number of the document', anyNumber)
      .requiredOption('--by <name>', 'who has looked')
      .requiredOption('--reason <text>', 'why it is right all the same, without holder data')
      .option('--mrz-seen', 'who approves has seen the shortened name: `document show --mrz`'),
  ).action((id: number, options: ApproveOptions) => approve(context, id, options));
}

async function list(context: CommandContext, options: ListOptions): Promise<void> {
  const { state, after, limit, json } = options;
  if (state !== undefined && !isDocumentState(state)) {
    throw new ProductionError('USAGE', '--state', [`there is no state "${state}"`]);
  }
  const documents = await withStore(context, options, (store) =>
    store.listDocuments({
      limit,
      ...(after !== undefined && { after }),
      ...(state !== undefined && { state }),
    }),
  );
  if (json === true) {
    printJson(context.terminal, documents);
    return;
  }
  for (const one of documents) {
    context.terminal.print(
      `${one.documentId}  ${one.state}  ${one.product}  record ${one.recordId} version ${one.recordVersion}`,
    );
  }
  const last = documents.at(-1)?.documentId;
  if (last === undefined) context.terminal.note('there are no such documents');
  else if (documents.length === limit) context.terminal.note(`more: --after ${last}`);
}

async function show(context: CommandContext, id: number, options: ShowOptions): Promise<void> {
  const found = await withStore(context, options, async (store) => {
    const document = await store.findDocument(id);
    const mrz = options.mrz === true && document ? await previewStored(store, id) : undefined;
    return document && { document, mrz };
  });
  if (found === undefined) {
    absent(context, id);
    return;
  }
  const { document, mrz } = found;
  if (options.json === true) {
    printJson(context.terminal, { ...document, ...(mrz && { mrz }) });
    return;
  }
  for (const line of describeDocument(document)) context.terminal.print(line);
  if (options.mrz !== true) return;
  const erased = ['the record itself was erased'];
  for (const line of mrz === undefined ? erased : describeMrz(mrz)) context.terminal.print(line);
}

async function trace(context: CommandContext, id: number, options: ReadOptions): Promise<void> {
  const events = await withStore(context, options, (store) => store.trace(id));
  if (events.length === 0) {
    absent(context, id);
    return;
  }
  if (options.json === true) {
    printJson(context.terminal, events);
    return;
  }
  for (const event of events) context.terminal.print(describeEvent(event));
}

async function approve(
  context: CommandContext,
  documentId: number,
  options: ApproveOptions,
): Promise<void> {
  const { by, reason, mrzSeen } = options;
  await withStore(context, options, async (store) => {
    const found = await store.findDocument(documentId);
    if (found?.state !== 'held') {
      const state = found === undefined ? 'there is no such document' : `it is ${found.state}`;
      throw new ProductionError('STATE_CONFLICT', `document ${documentId}`, [`${state}, not held`]);
    }
    const mrz = await previewStored(store, documentId);
    // A person reads it here; where nobody sits before a terminal it would end in a file.
    if (mrz !== undefined && context.terminal.interactive) {
      for (const line of describeMrz(mrz)) context.terminal.note(line);
    }
    if (mrz?.truncatedName !== undefined && mrzSeen !== true) throw unseen(documentId);
    const seen = mrz?.truncatedName === undefined ? [] : ['the shortened name in the MRZ was seen'];
    await store.returnToApproved({ documentId, by, reasons: [reason, ...seen] });
  });
  context.terminal.print(`document ${documentId}: approved by ${by}`);
}

function unseen(documentId: number): ProductionError {
  return new ProductionError('USAGE', 'document approve', [
    'the name stands shortened in the MRZ',
    `look at it with \`document show ${documentId} --mrz\` and confirm it with --mrz-seen`,
  ]);
}

function absent(context: CommandContext, id: number): void {
  context.terminal.note(`there is no document ${id}`);
  context.exitStatus = EXIT.no;
}

function isDocumentState(text: string): text is DocumentState {
  return Object.hasOwn(DOCUMENT_LIFE_CYCLE, text);
}

function describeDocument(document: DocumentSummary): readonly string[] {
  const { documentId, product, state, since, recordId, recordVersion, claimedBy } = document;
  return [
    `document ${documentId}: ${state} since ${since.toISOString()}`,
    `product ${product}, record ${recordId} version ${recordVersion}`,
    ...(claimedBy === undefined ? [] : [`in the hands of ${claimedBy}`]),
    ...document.reasons.map((reason) => `because ${reason}`),
    ...document.attempts.map(
      ({ chipSerial, chip, station, outcome, reasonCode }, index) =>
        `card ${index + 1}: ${outcome}${reasonCode === undefined ? '' : ` (${reasonCode})`}, ` +
        `chip ${chipSerial} (${chip}), station ${station}`,
    ),
  ];
}

function describeEvent({ at, by, subject, event, from, chipSerial, reasons }: TraceEvent): string {
  const change = from === undefined ? event : `${from} → ${event}`;
  const chip = chipSerial === undefined ? '' : ` (chip ${chipSerial})`;
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `${at.toISOString()}  ${by}  ${subject} ${change}${chip}${why}`;
}
