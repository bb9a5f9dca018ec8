import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { reportError } from '../report-error';
import { printJson } from '../terminal';
import { describeFile, type FileDescription } from './vectors/describe-file';
import { readVectorFile } from './vectors/read-vector-file';

/** `vectors list`: what files hold, without computing anything. */
export function addListCommand(vectors: Command, context: CommandContext): void {
  vectors
    .command('list')
    .description('Says what vector files hold: topics, entries, and the figures of each.')
    .argument('<files...>', 'JSON files with a topic and entries')
    .option('--json', 'for machines')
    .action((files: readonly string[], options: { readonly json?: true }) =>
      listVectors(context, files, options.json === true),
    );
}

async function listVectors(
  context: CommandContext,
  files: readonly string[],
  json: boolean,
): Promise<void> {
  const { terminal } = context;
  const found: FileDescription[] = [];
  for (const file of files) {
    context.signal.throwIfAborted();
    try {
      found.push(describeFile(await readVectorFile(file)));
    } catch (error) {
      if (!(error instanceof ProductionError)) throw error;
      const report = reportError(error);
      for (const line of report.lines) terminal.note(line);
      context.exitStatus = Math.max(context.exitStatus, report.exitStatus);
    }
  }
  if (json) printJson(terminal, found);
  else for (const line of found.flatMap(renderDescription)) terminal.print(line);
}

function renderDescription({ file, topic, isKnown, entries }: FileDescription): readonly string[] {
  const known = isKnown ? '' : ' (not known to the runner: nothing of it is checked)';
  return [
    `${file}: ${topic}, ${entries.length} entries${known}`,
    ...entries.map(({ id, kind, members, source }) => {
      const what = members.length === 0 ? 'expects nothing' : members.join(', ');
      return `  ${id}: ${kind === 'negative' ? `must be refused; ${what}` : what}${source === undefined ? '' : ` [${source}]`}`;
    }),
  ];
}
