import { type Command, Option } from 'commander';
import { DEFAULT_ALGORITHM } from '../../production/custody/issue-trial-keys';
import type { CommandContext } from '../command-context';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { type HsmKind, initTrialKeys } from '../wiring/keys';

interface InitOptions extends KeyPlaceOptions {
  readonly keys: string;
  readonly country: string;
  readonly state: string;
  readonly algorithm: string;
  readonly hsm: HsmKind;
}

/** `key init`: keys for development and trials. */
export function addKeyCommands(program: Command, context: CommandContext): void {
  const key = program.command('key').description('Signing keys and certificates.');
  const init = key
    .command('init')
    .description('Makes a key directory with a test CSCA, a document signer and a storage key.')
    .requiredOption('--keys <dir>', 'folder to make; where it is there already, it has to be empty')
    .requiredOption('--country <CC>', 'two-letter country code of the certificates, VN')
    .requiredOption('--state <SSS>', 'issuing State as in the MRZ, VNM')
    .option(
      '--algorithm <name>',
      'ecdsa-brainpoolP256r1-sha256, ecdsa-P-256-sha256, rsa-3072-pss-sha256, …',
      DEFAULT_ALGORITHM,
    )
    .addOption(
      new Option('--hsm <kind>', 'software HSM in the folder, or a PKCS #11 token')
        .choices(['mock', 'pkcs11'])
        .default('mock'),
    );
  addKeyPlaceOptions(init).action((options: InitOptions) => initKeys(context, options));
}

async function initKeys({ terminal }: CommandContext, options: InitOptions): Promise<void> {
  const { keys: directory, country, state, algorithm, hsm } = options;
  const place = { directory, ...readKeyPlace(options) };
  const keys = await initTrialKeys(place, { country, state, algorithm }, hsm);
  terminal.print(`made in ${directory}: CSCA.cer, DSC.cer (${keys.csca.algorithm}), storage key`);
  const where = hsm === 'mock' ? 'on a software HSM' : 'in a PKCS #11 token';
  terminal.note(`these are trial keys ${where}; no document of theirs is valid anywhere`);
}
