import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  openCustodianKey,
  type PresentCustodian,
} from '../../production/custody/four-eyes/custodian-key';
import { ProductionError } from '../../production/errors';
import { askSecret } from '../ask-secret';

export interface CustodianOptions {
  readonly as: string;
  readonly passphraseFile?: string;
}

export function addCustodianOptions(command: Command): Command {
  return command
    .requiredOption('--as <file>', 'your personal key file')
    .option('--passphrase-file <file>', 'file with its passphrase; asked for by default');
}

/** Opens the personal key file of whoever is at the keyboard. */
export async function openCustodian(options: CustodianOptions): Promise<PresentCustodian> {
  const text = await readText(options.as);
  const passphrase = await readPassphrase(options.as, options.passphraseFile);
  return openCustodianKey(text, passphrase, options.as);
}

/** From a file, else asked for without an echo. */
export async function readPassphrase(place: string, file: string | undefined): Promise<string> {
  if (file === undefined) return askSecret(`passphrase of ${place}`);
  return (await readText(file)).replace(/\r?\n$/, '');
}

export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ProductionError('INPUT_UNREADABLE', file, [], { cause });
  });
}
