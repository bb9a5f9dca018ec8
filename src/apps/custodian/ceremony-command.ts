import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { isFounding, parseCeremony } from '../../production/custody/ceremony/ceremony-file';
import type { PresentCustodian } from '../../production/custody/four-eyes/custodian-key';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { addKeyPlaceOptions } from '../key-place-options';
import { collect } from '../parse-options';
import { readBounded } from '../read-lds-folder';
import type { CeremonyOptions } from './ceremony-options';
import { holdCeremony } from './hold-ceremony';
import { nounOf } from './noun';
import { openCustodian, readText } from './open-custodian';
import { rehearseCeremony } from './rehearse-ceremony';

/** `key ceremony FILE`. */
export function addCeremonyCommand(program: Command, context: CommandContext): void {
  addKeyPlaceOptions(
    nounOf(program, 'key', 'Signing keys and certificates.')
      .command('ceremony')
      .argument('<file>', 'the reviewed ceremony file')
      .description('Makes, renews and ends the keys of a country in a witnessed ceremony.')
      .requiredOption('--keys <dir>', 'key directory; one that is not there yet where keys begin')
      .option('--request <file>', 'key file of who requests it, where that was not done before')
      .option('--confirm <file>', 'key file of a custodian in the room; repeat it', collect, [])
      .option(
        '--give <file>',
        'a certificate that a step names by its hash; repeat it',
        collect,
        [],
      )
      .option('--passphrase-file <file>', 'passphrase of all key files, for rehearsals and tests')
      .option('--rehearse', 'everything on throw-away keys; only the transcript stays')
      .addOption(
        new Option('--hsm <kind>', 'where the keys begin')
          .choices(['mock', 'pkcs11'])
          .default('pkcs11'),
      )
      .addOption(
        new Option('--language <language>', 'what the room is told in')
          .choices(['vi', 'en'])
          .default('vi'),
      ),
  ).action((file: string, options: CeremonyOptions) => hold(context, file, options));
}

async function hold(
  context: CommandContext,
  name: string,
  options: CeremonyOptions,
): Promise<void> {
  const file = parseCeremony(await readText(name), name);
  if (options.rehearse !== true && isFounding(file.plan) && existsSync(options.keys)) {
    throw new ProductionError('OUTPUT_UNWRITABLE', options.keys, ['it exists']);
  }
  const given = await Promise.all(options.give.map(readBounded));
  // One after the other: each is asked for a passphrase.
  const custodians: PresentCustodian[] = [];
  for (const one of options.confirm) custodians.push(await openPerson(one, options));
  const people = {
    custodians,
    ...(options.request !== undefined && { requester: await openPerson(options.request, options) }),
  };
  const run = options.rehearse === true ? rehearseCeremony : holdCeremony;
  const folder = await run(file, { people, given, options }, context);
  context.terminal.print(`${folder}: transcript.json, transcript.pdf`);
}

function openPerson(as: string, { passphraseFile }: CeremonyOptions): Promise<PresentCustodian> {
  return openCustodian({ as, ...(passphraseFile !== undefined && { passphraseFile }) });
}
