import { join } from 'node:path';
import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import {
  accessFaults,
  type AccessOptions,
  addAccessOptions,
  chipSecretsOf,
  readReferredSecrets,
} from '../inspect-access';
import { parseWholeNumber } from '../parse-options';
import { readLdsFolder } from '../read-lds-folder';
import { systemClock, systemRandom } from '../system';
import { printJson } from '../terminal';
import { withCard } from '../with-card';
import { recordChip } from './vectors/record/record-chip';
import { type FileCandidates, recordFiles } from './vectors/record/record-files';
import { recordCandidates, type Recording } from './vectors/record/recording';
import { renderVectorFile } from './vectors/record/render-vector-file';
import { writeNewFiles } from './vectors/record/write-new-files';

interface RecordOptions extends AccessOptions {
  readonly files?: string;
  readonly reader?: string;
  readonly out: string;
  readonly source: string;
  readonly wait: number;
  readonly json?: true;
}

/** `vectors record`: entries of a reference card or of its files, with nobody in them. */
export function addRecordCommand(vectors: Command, context: CommandContext): void {
  const command = vectors
    .command('record')
    .description('Makes vectors of a reference card, or of its files; personal data is replaced.')
    .option('--files <dir>', 'elementary files, EF.DG1.bin and so on')
    .option('--reader <name>', 'PC/SC reader, or a part of its name')
    .requiredOption('--out <dir>', 'one file a topic is written there')
    .requiredOption('--source <text>', 'what the card is, for whoever reads the vectors');
  addAccessOptions(command)
    .option('--wait <seconds>', 'how long to wait for a card', parseWholeNumber(0, 3600), 10)
    .option('--json', 'for machines')
    .action((options: RecordOptions) => record(context, options));
}

async function record(context: CommandContext, given: RecordOptions): Promise<void> {
  const options = { ...given, ...(await readReferredSecrets(given)) };
  checkOptions(options);
  const { candidates, left } = await collect(options, context.signal);
  const recording = recordCandidates(candidates, options.source);
  const files = await writeRecording(options.out, recording);
  const all = [...left, ...recording.left];
  const { terminal } = context;
  const written = files.map(({ file, topic, entries }) => ({
    file,
    topic,
    entries: entries.map(({ id, masked = [] }) => ({ id, masked })),
  }));
  if (options.json === true) {
    printJson(terminal, { files: written, left: all });
    return;
  }
  for (const { file, entries } of written) {
    terminal.print(file);
    for (const { id, masked } of entries) {
      const what = masked.length === 0 ? 'as it is' : `replaced: ${masked.join(', ')}`;
      terminal.print(`  ${id.padEnd(24)} ${what}`);
    }
  }
  for (const { id, why } of all) terminal.print(`  not recorded ${id}: ${why}`);
}

async function collect(options: RecordOptions, signal: AbortSignal): Promise<FileCandidates> {
  const { files, reader = '', wait } = options;
  if (files !== undefined) return recordFiles(await readLdsFolder(files));
  const access = chipSecretsOf(options);
  return withCard({ reader, wait }, signal, (connection) =>
    recordChip({ connection, access, clock: systemClock, random: systemRandom }),
  );
}

/** @throws ProductionError `OUTPUT_UNWRITABLE`, also where a file of that name is there already. */
async function writeRecording(folder: string, { entries }: Recording) {
  const files = [...entries].map(([topic, list]) => ({
    name: `${topic.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`,
    topic,
    entries: list,
  }));
  await writeNewFiles(
    folder,
    files.map(({ name, topic, entries: list }) => ({
      name,
      content: renderVectorFile(topic, list),
    })),
  );
  return files.map(({ name, ...rest }) => ({ file: join(folder, name), ...rest }));
}

function checkOptions(options: RecordOptions): void {
  const { files, reader, source } = options;
  const wrong: string[] = [];
  if ((reader === undefined) === (files === undefined)) {
    wrong.push('name either --reader or --files');
  }
  if (reader !== undefined) wrong.push(...accessFaults(options));
  if (source.trim() === '') wrong.push('--source says what the card is');
  if (wrong.length > 0) throw new ProductionError('USAGE', 'vectors record', wrong);
}
