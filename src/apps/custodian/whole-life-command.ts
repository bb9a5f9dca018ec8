import { type Command } from 'commander';
import type { CommandContext } from '../command-context';
import { parseMoment } from '../parse-options';
import { checkOutputFolder } from '../write-artefacts';
import { nounOf } from './noun';
import { runStation } from './whole-life/station';
import { runWholeLife } from './whole-life/run-whole-life';

/** `key whole-life`, and the station that it starts four times. */
export function addWholeLifeCommands(program: Command, { terminal }: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  key
    .command('whole-life')
    .description(
      'Rehearses the whole life of keys on a clock that is moved; see scripts/whole-life.',
    )
    .requiredOption('--out <dir>', 'folder for everything that it makes')
    .action(async ({ out }: { readonly out: string }) => {
      await checkOutputFolder(out);
      await runWholeLife(out, (text) => terminal.print(text));
    });
  key
    .command('whole-life-station', { hidden: true })
    .requiredOption('--keys <dir>')
    .requiredOption('--name <name>')
    .requiredOption('--at <moment>', '', parseMoment)
    .requiredOption('--out <dir>')
    .action(
      async (order: {
        readonly keys: string;
        readonly name: string;
        readonly at: Date;
        readonly out: string;
      }) => {
        const databaseUrl = process.env['DATABASE_URL'] ?? '';
        const count = await runStation({ ...order, databaseUrl });
        terminal.print(`${order.name}: ${count} documents`);
      },
    );
}
