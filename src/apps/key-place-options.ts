import type { Command } from 'commander';
import type { KeyPlace } from './wiring/keys';
import { SECRET_PLACES } from './wiring/secret';

/** Options of every command that opens keys. */
export interface KeyPlaceOptions {
  readonly pinFile?: string;
  readonly pinFrom?: string;
  readonly hsmSite?: string;
  readonly pkcs11Module?: string;
  readonly pkcs11Token?: string;
}

/** Adds the options that say where PIN and token are. */
export function addKeyPlaceOptions(command: Command): Command {
  return command
    .option('--pin-file <file>', 'file that holds the PIN; PERSOLINE_PIN_FILE by default')
    .option('--pin-from <place>', `${SECRET_PLACES}; PERSOLINE_PIN_FROM by default`)
    .option('--hsm-site <file>', 'site file with module and token; PERSOLINE_HSM_SITE by default')
    .option('--pkcs11-module <path>', 'library of the HSM; PERSOLINE_PKCS11_MODULE by default')
    .option('--pkcs11-token <label>', 'token in it; PERSOLINE_PKCS11_TOKEN by default');
}

/** Where PIN and token are: by the options, else by the environment. */
export function readKeyPlace(options: KeyPlaceOptions): Pick<KeyPlace, 'pinFrom' | 'token'> {
  const { env } = process;
  const named = pinReference(options.pinFile, options.pinFrom);
  const pinFrom = named ?? pinReference(env['PERSOLINE_PIN_FILE'], env['PERSOLINE_PIN_FROM']);
  const modulePath = options.pkcs11Module ?? env['PERSOLINE_PKCS11_MODULE'];
  const tokenLabel = options.pkcs11Token ?? env['PERSOLINE_PKCS11_TOKEN'];
  const siteFile = options.hsmSite ?? env['PERSOLINE_HSM_SITE'];
  return {
    ...(pinFrom !== undefined && { pinFrom }),
    token: {
      ...(modulePath !== undefined && { modulePath }),
      ...(tokenLabel !== undefined && { tokenLabel }),
      ...(siteFile !== undefined && { siteFile }),
    },
  };
}

function pinReference(file: string | undefined, reference: string | undefined): string | undefined {
  return file === undefined ? reference : `file:${file}`;
}
