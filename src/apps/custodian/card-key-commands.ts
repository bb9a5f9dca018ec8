import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { addImportCommands } from './card-key-imports';
import { addCardKeyLifeCommands } from './card-key-life';
import { nounOf } from './noun';

/** `key card …`: master keys of cards, and the keys under which they travel. */
export function addCardKeyCommands(program: Command, context: CommandContext): void {
  const card = nounOf(program, 'key', 'Signing keys and certificates.')
    .command('card')
    .description('Master keys of cards, by card type and batch.');
  addImportCommands(card, context);
  addCardKeyLifeCommands(card, context);
}
