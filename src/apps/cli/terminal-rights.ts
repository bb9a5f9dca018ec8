import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Command } from 'commander';
import {
  findTerminalSigner,
  isKeyOf,
  type TerminalSigner,
} from '../../production/custody/terminal/terminal-signer';
import { ProductionError } from '../../production/errors';
import type { TerminalRights } from '../../production/inspection/read/terminal-authentication';
import { roleOf } from '../../standards/access/terminal-authentication/cv-authorization';
import {
  type CvCertificate,
  parseCvCertificate,
} from '../../standards/access/terminal-authentication/cv-certificate';
import { MalformedError } from '../../standards/bytes/malformed';
import { signMessage } from '../../standards/crypto/sign-verify';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { collect } from '../parse-options';
import { readBounded } from '../read-lds-folder';
import { openKeys } from '../wiring/keys';
import { readSecret, SECRET_PLACES } from '../wiring/secret';

/** Options with which a terminal proves its rights to read fingers and irises. */
export interface TerminalOptions extends KeyPlaceOptions {
  readonly terminalCertificate: readonly string[];
  readonly terminalKey?: string;
  readonly terminalKeyPassphraseFrom?: string;
  /** Key directory whose HSM holds the terminal's key, in place of a file. */
  readonly keys?: string;
}

export function addTerminalOptions(command: Command): Command {
  command
    .option(
      '--terminal-certificate <file>',
      'card-verifiable certificate of terminal, DV or link, for DG3 and DG4',
      collect,
      [],
    )
    .option('--terminal-key <file>', 'private key of the terminal, PEM or DER, best encrypted')
    .option(
      '--terminal-key-passphrase-from <place>',
      `passphrase of an encrypted PKCS #8: ${SECRET_PLACES}`,
    )
    .option('--keys <dir>', "key directory whose HSM holds the terminal's key, for --terminal-key");
  return addKeyPlaceOptions(command);
}

/**
 * Does something with the rights of a terminal: card-verifiable certificates from files, and its
 * private key from a file or in the HSM; without any where none are given. Nothing of the key is
 * ever shown.
 *
 * @throws ProductionError `USAGE`, `INPUT_UNREADABLE`, `INPUT_MALFORMED`, or of the HSM.
 */
export async function withTerminalRights<T>(
  options: TerminalOptions,
  work: (rights: TerminalRights | undefined) => Promise<T>,
): Promise<T> {
  const { terminalCertificate: files, terminalKey, keys } = options;
  if (files.length === 0 && terminalKey === undefined && keys === undefined) {
    return work(undefined);
  }
  if (files.length === 0 || (terminalKey === undefined) === (keys === undefined)) {
    throw new ProductionError('USAGE', 'Terminal Authentication', [
      'it needs --terminal-certificate, and --terminal-key or --keys for the key',
    ]);
  }
  const certificates = await Promise.all(files.map(readCvCertificate));
  const terminal = certificates.find(({ authorization }) => roleOf(authorization) === 'terminal');
  if (terminal === undefined) {
    throw new ProductionError('USAGE', '--terminal-certificate', [
      'none of the certificates is that of a terminal',
    ]);
  }
  if (keys === undefined) {
    return work({ certificates, sign: await signerOfFile(options, terminal) });
  }
  const { hsm } = await openKeys({ directory: keys, ...readKeyPlace(options) });
  try {
    return await work({ certificates, sign: await findTerminalSigner(terminal, hsm) });
  } finally {
    await hsm.close();
  }
}

async function signerOfFile(
  { terminalKey = '', terminalKeyPassphraseFrom: place }: TerminalOptions,
  terminal: CvCertificate,
): Promise<TerminalSigner> {
  const name = { what: 'passphrase', question: 'Passphrase of the terminal key' };
  const passphrase = place === undefined ? undefined : await readSecret(place, name);
  const key = await readPrivateKey(terminalKey, passphrase);
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' });
  if (!isKeyOf(new Uint8Array(publicKey), terminal)) {
    throw new ProductionError('INPUT_MALFORMED', terminalKey, [
      `it is not the key of the terminal certificate ${terminal.holderReference}`,
    ]);
  }
  const { signature } = terminal.publicKey.algorithm;
  return (message) => Promise.resolve(signMessage(signature, key, message));
}

async function readCvCertificate(file: string): Promise<CvCertificate> {
  try {
    return parseCvCertificate(await readBounded(file));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProductionError('INPUT_MALFORMED', file, [error.message]);
  }
}

/** PKCS #8, or the forms of one kind of key, in DER or PEM. The cause could quote the file. */
async function readPrivateKey(file: string, passphrase: string | undefined): Promise<KeyObject> {
  const key = Buffer.from(await readBounded(file));
  const isPem = key.includes('-----BEGIN ');
  const forms = isPem
    ? [{ key, format: 'pem' } as const]
    : (['pkcs8', 'sec1', 'pkcs1'] as const).map((type) => ({ key, format: 'der', type }) as const);
  for (const form of forms) {
    try {
      return createPrivateKey({ ...form, ...(passphrase !== undefined && { passphrase }) });
    } catch {
      continue;
    }
  }
  throw new ProductionError('INPUT_MALFORMED', file, [
    passphrase === undefined
      ? 'it holds no private key in DER or PEM without a passphrase; --terminal-key-passphrase-from says where that is'
      : 'it holds no private key that this passphrase opens',
  ]);
}
