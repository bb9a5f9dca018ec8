import type { Command } from 'commander';
import { pullRecords, type PullSummary } from '../../production/intake/pull-records';
import { listMrzDoubts } from '../../production/datagroups/preview-mrz';
import type { ApprovedRecord } from '../../production/document/approved-record';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { printJson } from '../terminal';
import { openProfiles } from '../wiring/profiles';
import { openPictures, openSource } from '../wiring/records';
import { loadProducts } from '../load-products';
import { addStoreOptions, withStore, type StoreOptions } from './open-line-store';

interface PullOptions extends StoreOptions {
  readonly source: string;
  readonly json?: true;
}

interface ShowOptions extends StoreOptions {
  readonly unmasked?: true;
  readonly json?: true;
}

/** `record pull`, `show`, `refusals`. */
export function addRecordCommands(program: Command, context: CommandContext): void {
  const record = program.command('record').description('Approved records from upstream.');
  addStoreOptions(
    record
      .command('pull')
      .description('Pulls approved records. Exit status 1 when one was refused.')
      .requiredOption('--source <source>', 'a folder, an .ndjson file, or postgres://…')
      .option('--json', 'for machines'),
  ).action((options: PullOptions) => pull(context, options));
  addStoreOptions(
    record
      .command('show')
      .description('Shows one record; what it says about the holder is masked.')
      .argument('<recordId>', 'as the register knows it')
      .option('--unmasked', 'show it in clear')
      .option('--json', 'for machines'),
  ).action((id: string, options: ShowOptions) => show(context, id, options));
  addStoreOptions(
    record.command('refusals').description('Lists refused records with every reason.'),
  ).action((options: StoreOptions) => refusals(context, options));
}

async function pull(context: CommandContext, options: PullOptions): Promise<void> {
  const source = await openSource(options.source);
  const products = await loadProducts(openProfiles());
  const summary = await withStore(context, options, (store) =>
    pullRecords({ source, products, pictures: openPictures(), store, review: listMrzDoubts }),
  );
  if (options.json === true) printJson(context.terminal, summary);
  else for (const line of describePull(summary)) context.terminal.print(line);
  if (summary.refused.length > 0) context.exitStatus = EXIT.no;
}

function describePull({ registered, alreadyKnown, held, refused }: PullSummary): readonly string[] {
  return [
    ...refused.map(
      ({ place, recordId, code, reasons }) =>
        `refused ${recordId ?? 'a record'} at ${place}: ${code}: ${reasons.join('; ')}`,
    ),
    ...held.map(({ place, recordId, documentId, reasons }) => {
      const why = reasons.join('; ');
      return `held ${recordId} at ${place} as document ${documentId}: ${why}`;
    }),
    ...(held.length === 0
      ? []
      : ['look at each with `document show NUMBER --mrz`, then `document approve NUMBER`']),
    `${registered} registered, ${alreadyKnown} known already, ${refused.length} refused`,
  ];
}

async function show(context: CommandContext, id: string, options: ShowOptions): Promise<void> {
  const { terminal } = context;
  const found = await withStore(context, options, async (store) => {
    const document = await store.findDocumentByRecord(id);
    const content = document && (await store.openRecord(document.documentId));
    return document && { document, record: content?.record };
  });
  if (found === undefined) {
    terminal.note(`there is no record ${id}`);
    context.exitStatus = EXIT.no;
    return;
  }
  const { document, record } = found;
  const shown = record && (options.unmasked === true ? record : maskRecord(record));
  if (options.json === true) {
    printJson(terminal, { documentId: document.documentId, state: document.state, record: shown });
    return;
  }
  terminal.print(`document ${document.documentId}: ${document.state}`);
  if (shown === undefined) terminal.print('the record itself was erased');
  for (const [field, value] of Object.entries(shown ?? {})) {
    terminal.print(`${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
}

/** What says nothing about the holder; all other members are shown by their length alone. */
const OPEN_FIELDS: ReadonlySet<string> = new Set([
  ...['recordId', 'recordVersion', 'profile', 'approvedAt', 'approvedBy', 'issuingState'],
  ...['dateOfIssue', 'dateOfExpiry', 'issuingAuthority', 'deliveryOffice'],
]);

function maskRecord(record: ApprovedRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [
      field,
      OPEN_FIELDS.has(field) ? (value as unknown) : maskValue(value),
    ]),
  );
}

function maskValue(value: unknown): string {
  return typeof value === 'string' ? `(${value.length} characters)` : '(hidden)';
}

async function refusals(context: CommandContext, options: StoreOptions): Promise<void> {
  const listed = await withStore(context, options, (store) => store.listRefusals());
  for (const { place, recordId, reasons, refusedAt } of listed) {
    const who = recordId ?? 'a record';
    context.terminal.print(`${refusedAt.toISOString()}  ${who} at ${place}: ${reasons.join('; ')}`);
  }
  if (listed.length === 0) context.terminal.note('no refused record waits for a correction');
}
