import type { Command } from 'commander';
import { DEFAULT_ALGORITHM } from '../../production/custody/issue-trial-keys';
import type { CommandContext } from '../command-context';
import { initTrialKeys } from '../wiring/keys';

interface InitOptions {
  readonly keys: string;
  readonly country: string;
  readonly state: string;
  readonly algorithm: string;
  readonly pinFile?: string;
}

/** `key init`: keys for development and trials. */
export function addKeyCommands(program: Command, context: CommandContext): void {
  const key = program.command('key').description('Signing keys and certificates.');
  key
    .command('init')
    .description('Makes a key directory with a test CSCA, a document signer and a storage key.')
    .requiredOption('--keys <dir>', 'folder to make; it must not exist or be empty')
    .requiredOption('--country <CC>', 'two-letter country code of the certificates, VN')
    .requiredOption('--state <SSS>', 'issuing State as in the MRZ, VNM')
    .option(
      '--algorithm <name>',
      'ecdsa-brainpoolP256r1-sha256, ecdsa-P-256-sha256, rsa-3072-pss-sha256, …',
      DEFAULT_ALGORITHM,
    )
    .option(
      '--pin-file <file>',
      'file with the PIN to use; by default one is drawn into the folder',
    )
    .action((options: InitOptions) => init(context, options));
}

async function init({ terminal }: CommandContext, options: InitOptions): Promise<void> {
  const { keys: directory, pinFile, country, state, algorithm } = options;
  const keys = await initTrialKeys(
    { directory, ...(pinFile !== undefined && { pinFile }) },
    { country, state, algorithm },
  );
  terminal.print(`made in ${directory}: CSCA.cer, DSC.cer (${keys.csca.algorithm}), storage key`);
  terminal.note('these are trial keys on a software HSM; no document of theirs is valid anywhere');
}
