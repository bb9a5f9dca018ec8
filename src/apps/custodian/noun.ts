import type { Command } from 'commander';

/** A noun of the command line, which several programs may add verbs to. */
export function nounOf(program: Command, name: string, description: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(description);
}
