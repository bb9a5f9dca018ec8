import { Command, CommanderError } from 'commander';
import { ProductionError } from '../../production/errors';
import type { AddCommands, CommandContext } from '../command-context';
import { EXIT, reportError } from '../report-error';
import type { Terminal } from '../terminal';

export interface CliParts {
  readonly terminal: Terminal;
  readonly commands: readonly AddCommands[];
}

/**
 * Runs one command line and gives its exit status; prints everything a person needs and never
 * throws. An interrupt (Ctrl-C, SIGTERM) aborts the running command, which then cleans up.
 */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<number> {
  const { terminal } = parts;
  const abort = new AbortController();
  const interrupt = (): void => {
    if (abort.signal.aborted) return;
    terminal.note('interrupted: what was begun comes to its end; a second time ends it at once');
    abort.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const context: CommandContext = { terminal, signal: abort.signal, exitStatus: EXIT.yes };
  try {
    await buildProgram(context, parts.commands).parseAsync([...argv], { from: 'user' });
    return context.exitStatus;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.yes : EXIT.misuse;
    // What fails because everything stops has nothing to say, but how to go on is said.
    if (abort.signal.aborted && !(error instanceof ProductionError)) return EXIT.world;
    return showError(terminal, error);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function showError(terminal: Terminal, error: unknown): number {
  const report = reportError(error);
  for (const line of report.lines) terminal.note(line);
  if (process.env['PERSOLINE_DEBUG'] === '1' && error instanceof Error) {
    terminal.note(error.stack ?? '');
  }
  return report.exitStatus;
}

function buildProgram(context: CommandContext, commands: readonly AddCommands[]): Command {
  const program = new Command('persoline')
    .description('Personalizes chip identity cards: approved records in, verified chips out.')
    .exitOverride()
    .showHelpAfterError('hint: run it with --help for what it takes')
    .configureOutput({
      writeOut: (text) => context.terminal.print(text.trimEnd()),
      writeErr: (text) => context.terminal.note(text.trimEnd()),
    });
  for (const add of commands) add(program, context);
  for (const command of allCommands(program)) command.copyInheritedSettings(program);
  return program;
}

function allCommands(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
