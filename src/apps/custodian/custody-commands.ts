import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { addAdoptCommand } from './adopt-command';
import { addAuditCommands } from './audit-commands';
import { addCardKeyCommands } from './card-key-commands';
import { addCeremonyCommand } from './ceremony-command';
import { addCscaCommands } from './csca-commands';
import { addCustodianCommands } from './custodian-commands';
import { addDestroyCommand } from './destroy-command';
import { addIssuedCommand } from './issued-command';
import { addOutsideSignerCommands } from './outside-signer-commands';
import { addPublicationCommands } from './publication-commands';
import { addSignerCommands } from './signer-commands';
import { addTerminalPkiCommands } from './terminal-pki-commands';
import { addWholeLifeCommands } from './whole-life-command';

/** Everything for those who answer for keys. */
export function addCustodyCommands(program: Command, context: CommandContext): void {
  addCustodianCommands(program, context);
  addSignerCommands(program, context);
  addCeremonyCommand(program, context);
  addAdoptCommand(program, context);
  addCscaCommands(program, context);
  addDestroyCommand(program, context);
  addPublicationCommands(program, context);
  addIssuedCommand(program, context);
  addOutsideSignerCommands(program, context);
  addCardKeyCommands(program, context);
  addTerminalPkiCommands(program, context);
  addAuditCommands(program, context);
  addWholeLifeCommands(program, context);
}
