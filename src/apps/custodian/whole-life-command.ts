import { Option, type Command } from 'commander';
import type { CommandContext } from '../command-context';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { parseMoment } from '../parse-options';
import type { HsmKind } from '../wiring/keys';
import { checkOutputFolder } from '../write-artefacts';
import { nounOf } from './noun';
import { runStation } from './whole-life/station';
import { runWholeLife } from './whole-life/run-whole-life';

/** `key whole-life`, and the station that it starts four times. */
export function addWholeLifeCommands(program: Command, { terminal }: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  const life = key
    .command('whole-life')
    .description(
      'Rehearses the whole life of keys on a clock that is moved; see scripts/whole-life.',
    )
    .requiredOption('--out <dir>', 'folder for everything that it makes')
    .addOption(
      new Option('--hsm <kind>', 'its keys on a software HSM, or in an empty PKCS #11 token')
        .choices(['mock', 'pkcs11'])
        .default('mock'),
    );
  addKeyPlaceOptions(life).action(
    async (options: KeyPlaceOptions & { readonly out: string; readonly hsm: HsmKind }) => {
      const { out: folder, hsm } = options;
      await checkOutputFolder(folder);
      const place = hsm === 'pkcs11' ? readKeyPlace(options) : {};
      await runWholeLife({ folder, hsm, place }, (text) => terminal.print(text));
    },
  );
  const station = key
    .command('whole-life-station', { hidden: true })
    .requiredOption('--keys <dir>')
    .requiredOption('--name <name>')
    .option('--at <moment>', 'in a rehearsal', parseMoment)
    .requiredOption('--out <dir>');
  addKeyPlaceOptions(station).action(async (options: StationOptions) => {
    const { keys: directory, name, at, out } = options;
    const count = await runStation({
      ...{ databaseUrl: process.env['DATABASE_URL'] ?? '', name, out },
      place: { directory, ...readKeyPlace(options) },
      ...(at !== undefined && { at }),
    });
    terminal.print(`${name}: ${count} documents`);
  });
}

interface StationOptions extends KeyPlaceOptions {
  readonly keys: string;
  readonly name: string;
  readonly at?: Date;
  readonly out: string;
}
