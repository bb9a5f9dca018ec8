import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { migrateStore } from '../wiring/store';
import { storePlace } from './open-line-store';

/** `service migrate`. */
export function addServiceCommands(program: Command, context: CommandContext): void {
  program
    .command('service')
    .description('The service around the line.')
    .command('migrate')
    .description('Brings the database up to this program.')
    .action(async () => {
      const applied = await migrateStore(storePlace());
      for (const name of applied) context.terminal.print(`applied ${name}`);
      if (applied.length === 0) context.terminal.print('the database is up to date');
    });
}
