import type { Command } from 'commander';
import { cardKeysOfBatch, requireKeysForChip } from '../../production/card-keys-of-batch';
import { identifyChip } from '../../production/encoding/identify-chip';
import { requireBlank } from '../../production/encoding/probe-blank';
import { ProductionError } from '../../production/errors';
import { completeChip, FROM_THE_START, type ChipWork } from '../../production/make-chip';
import { compileScript } from '../../production/personalization/compile-script';
import type { CardConnection, CardKeyHsm } from '../../production/ports';
import type { ChipProfile } from '../../production/profile/chip';
import { loadPair, type ProfilePair } from '../../production/profile/load-profiles';
import type { CommandContext } from '../command-context';
import { readDocumentFolder, type DocumentFolder } from '../document-folder';
import { systemClock, systemRandom } from '../system';
import { printJson } from '../terminal';
import { openProfiles } from '../wiring/profiles';
import { parseWholeNumber } from '../parse-options';
import { addKeyOptions, openNamedKeys, type StoreOptions } from './open-line-store';
import { withCard, type ReaderOptions } from '../with-card';

interface EncodeOptions extends ReaderOptions, StoreOptions {
  readonly document: string;
  readonly profile: string;
  readonly chip?: string;
  readonly batch?: string;
  readonly json?: true;
}

/** `card encode`: one built document onto one blank card; nobody keeps an account of it. */
export function addEncodeCommand(card: Command, context: CommandContext): void {
  const command = card
    .command('encode')
    .description('Writes one card: probe, write, read back, lock, read back again.')
    .requiredOption('--reader <name>', 'PC/SC reader, or a part of its name')
    .requiredOption('--document <dir>', 'what `document build` made')
    .requiredOption('--profile <product>', 'what is on the card')
    .option('--chip <chip>', 'what the card is; the first chip of the product by default')
    .option('--batch <name>', 'batch of the card, where its maker gave it keys of its own')
    .option('--wait <seconds>', 'how long to wait for a card', parseWholeNumber(0, 3600), 10)
    .option('--json', 'for machines');
  addKeyOptions(command, 'key directory with the keys of GlobalPlatform cards').action(
    (options: EncodeOptions) => encode(context, options),
  );
}

async function encode(context: CommandContext, options: EncodeOptions): Promise<void> {
  const { terminal } = context;
  const pair = await loadPair(openProfiles(), {
    product: options.profile,
    ...(options.chip !== undefined && { chip: options.chip }),
  });
  const folder = await readDocumentFolder(options.document);
  const report = await withCardKeys(context, { options, chip: pair.chip }, (cardKeys) =>
    withCard(options, context.signal, (connection) =>
      encodeCard(context, { connection, folder, pair, ...(cardKeys && { cardKeys }) }),
    ),
  );
  if (options.json === true) {
    const { chipSerial, report: inspection } = report;
    printJson(terminal, { outcome: 'good', chipSerial, verdict: inspection.verdict });
  } else {
    terminal.print(`card ${report.chipSerial}: locked. ${report.report.sentence.en}`);
  }
}

async function encodeCard(
  { terminal }: CommandContext,
  given: {
    readonly connection: CardConnection;
    readonly folder: DocumentFolder;
    readonly pair: ProfilePair;
    readonly cardKeys?: CardKeyHsm;
  },
) {
  const { connection, folder, pair, cardKeys } = given;
  const { document, csca } = folder;
  const script = compileScript({ document, ...pair });
  const chipSerial = await serialOf(connection);
  await connection.reset();
  await requireBlank(connection, pair.chip);
  await connection.reset();
  const work: ChipWork = {
    ...{ attemptId: 0, documentId: 0, chipSerial },
    ...{ chip: pair.chip, document, csca, script },
  };
  let told = '';
  const tools = {
    store: UNACCOUNTED,
    clock: systemClock,
    random: systemRandom,
    ...(cardKeys && { cardKeys }),
    onProgress: ({ stage }: { readonly stage: string }): void => {
      if (stage !== told) terminal.note(`card ${chipSerial}: ${stage}`);
      told = stage;
    },
  };
  const verified = { before: false };
  return completeChip(tools, work, { connection, start: FROM_THE_START, verified });
}

/** Opens the keys only for chips that are written through a secure channel. */
async function withCardKeys<T>(
  context: CommandContext,
  { options, chip }: { readonly options: EncodeOptions; readonly chip: ChipProfile },
  work: (cardKeys: CardKeyHsm | undefined) => Promise<T>,
): Promise<T> {
  if (!chip.script.some(({ verb }) => verb === 'open-channel')) return work(undefined);
  const { hsm, cardKeys } = await openNamedKeys(context, options);
  const { batch } = options;
  try {
    requireKeysForChip(cardKeys, chip);
    return await work(batch === undefined ? cardKeys : cardKeysOfBatch(cardKeys, batch));
  } finally {
    await hsm.close();
  }
}

/** Without stock nobody asks for the serial, so a card that keeps it to itself is written too. */
async function serialOf(connection: CardConnection): Promise<string> {
  try {
    return (await identifyChip(connection)).serial;
  } catch (error) {
    if (error instanceof ProductionError && error.code === 'CARD_WITHOUT_SERIAL') return 'unknown';
    throw error;
  }
}

/** A single card on the command line belongs to no line: there is no account to keep. */
const UNACCOUNTED = {
  recordInspection: () => Promise.resolve(),
  recordEncoded: () => Promise.resolve(),
  release: () => Promise.resolve(),
};
