import { runCli } from '../cli/run-cli';
import { COMMANDS } from '../commands';

export interface CliResult {
  readonly status: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
}

/** One command line in this process, as `scripts/persoline` would run it. */
export async function runPersoline(...argv: readonly string[]): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runCli(argv, {
    terminal: {
      interactive: false,
      print: (text) => void out.push(text),
      note: (text) => void err.push(text),
    },
    commands: COMMANDS,
  });
  return { status, out: out.join('\n'), err: err.join('\n') };
}
