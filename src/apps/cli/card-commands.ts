import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { addEncodeCommand } from './card-encode';
import { addIdentifyCommand } from './card-identify';
import { addInspectCommand } from './card-inspect';
import { addSimulateCommand } from './card-simulate';
import { addSpecimenCommand } from './card-specimen';

/** `card simulate`, `specimen`, `encode`, `inspect`, `identify`. */
export function addCardCommands(program: Command, context: CommandContext): void {
  const card = program.command('card').description('Single cards: write, read, judge, simulate.');
  addIdentifyCommand(card, context);
  addEncodeCommand(card, context);
  addInspectCommand(card, context);
  addSimulateCommand(card, context);
  addSpecimenCommand(card, context);
}
