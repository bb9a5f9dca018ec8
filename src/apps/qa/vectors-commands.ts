import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { EXIT, reportError } from '../report-error';
import { printJson } from '../terminal';
import { readVectorFile } from './vectors/read-vector-file';
import { renderResults } from './vectors/render-results';
import { renderResultsJunit } from './vectors/render-results-junit';
import { countOutcomes, type FileResult, runFile } from './vectors/run-file';
import { TOPICS } from './vectors/topics';
import { addListCommand } from './vectors-list-command';
import { addRecordCommand } from './vectors-record-command';

interface RunOptions {
  readonly json?: true;
  readonly junit?: string;
}

/** `vectors run`, `list`, `record`, `topics`. */
export function addVectorsCommands(program: Command, context: CommandContext): void {
  const vectors = program.command('vectors').description('Worked examples: recomputed, judged.');
  vectors
    .command('run')
    .description('Recomputes every expected figure of vector files; 1 when any is another.')
    .argument('<files...>', 'JSON files with a topic and entries')
    .option('--json', 'for machines')
    .option('--junit <file>', 'writes the results as JUnit XML too')
    .action((files: readonly string[], options: RunOptions) => runVectors(context, files, options));
  addListCommand(vectors, context);
  addRecordCommand(vectors, context);
  vectors
    .command('topics')
    .description('Names the topics that can be recomputed.')
    .option('--json', 'for machines')
    .action((options: { readonly json?: true }) => listTopics(context, options.json === true));
}

function listTopics({ terminal }: CommandContext, json: boolean): void {
  const names = TOPICS.map(({ name }) => name);
  if (json) printJson(terminal, names);
  else for (const name of names) terminal.print(name);
}

/** A file that cannot be read is reported beside the results of the others. */
async function runVectors(
  context: CommandContext,
  files: readonly string[],
  { json, junit }: RunOptions,
): Promise<void> {
  const results: FileResult[] = [];
  const faults: ProductionError[] = [];
  for (const file of files) {
    context.signal.throwIfAborted();
    try {
      results.push(runFile(await readVectorFile(file)));
    } catch (error) {
      if (!(error instanceof ProductionError)) throw error;
      faults.push(error);
    }
  }
  const { terminal } = context;
  if (json === true) printJson(terminal, { files: results, counts: countOutcomes(results) });
  else for (const line of renderResults(results)) terminal.print(line);
  if (junit !== undefined) await writeJunit(junit, results);
  if (countOutcomes(results).failed > 0) context.exitStatus = EXIT.no;
  for (const fault of faults) {
    const report = reportError(fault);
    for (const line of report.lines) terminal.note(line);
    context.exitStatus = Math.max(context.exitStatus, report.exitStatus);
  }
}

async function writeJunit(file: string, results: readonly FileResult[]): Promise<void> {
  try {
    await writeFile(file, renderResultsJunit(results));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
    throw new ProductionError('OUTPUT_UNWRITABLE', file, [code], { cause: error });
  }
}
