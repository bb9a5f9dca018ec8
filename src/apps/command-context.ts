import type { Command } from 'commander';
import type { Terminal } from './terminal';

/** What every command is handed: where to print, when to stop, and its exit status. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** A command whose answer is no sets it to 1; failures are thrown. */
  exitStatus: number;
}

/** Adds one noun or verb to the command line. */
export type AddCommands = (program: Command, context: CommandContext) => void;
