import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { ProductionError } from '../../production/errors';
import type { TerminalRights } from '../../production/inspection/read/terminal-authentication';
import { roleOf } from '../../standards/access/terminal-authentication/cv-authorization';
import {
  type CvCertificate,
  parseCvCertificate,
} from '../../standards/access/terminal-authentication/cv-certificate';
import { equalBytes } from '../../standards/bytes/compare';
import { MalformedError } from '../../standards/bytes/malformed';
import { signMessage } from '../../standards/crypto/sign-verify';
import { parsePublicKeyInfo } from '../../standards/pki/subject-public-key-info';
import { readBounded } from '../read-lds-folder';

/** Options with which a terminal proves its rights to read fingers and irises. */
export interface TerminalOptions {
  readonly terminalCertificate: readonly string[];
  readonly terminalKey?: string;
}

/**
 * Card-verifiable certificates and the private key of the terminal from files; undefined when none
 * are given. Nothing of the key is ever shown.
 *
 * @throws ProductionError `USAGE`, `INPUT_UNREADABLE`, `INPUT_MALFORMED`.
 */
export async function readTerminalRights({
  terminalCertificate: files,
  terminalKey: keyFile,
}: TerminalOptions): Promise<TerminalRights | undefined> {
  if (files.length === 0 && keyFile === undefined) return undefined;
  if (files.length === 0 || keyFile === undefined) {
    throw new ProductionError('USAGE', 'Terminal Authentication', [
      'it needs both --terminal-certificate and --terminal-key',
    ]);
  }
  const certificates = await Promise.all(files.map(readCvCertificate));
  const terminal = certificates.find(({ authorization }) => roleOf(authorization) === 'terminal');
  if (terminal === undefined) {
    throw new ProductionError('USAGE', '--terminal-certificate', [
      'none of the certificates is that of a terminal',
    ]);
  }
  const key = await readPrivateKey(keyFile);
  if (!belongTogether(key, terminal)) {
    throw new ProductionError('INPUT_MALFORMED', keyFile, [
      `it is not the key of the terminal certificate ${terminal.holderReference}`,
    ]);
  }
  const { signature } = terminal.publicKey.algorithm;
  return { certificates, sign: (message) => Promise.resolve(signMessage(signature, key, message)) };
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
async function readPrivateKey(file: string): Promise<KeyObject> {
  const key = Buffer.from(await readBounded(file));
  const isPem = key.includes('-----BEGIN ');
  const forms = isPem
    ? [{ key, format: 'pem' } as const]
    : (['pkcs8', 'sec1', 'pkcs1'] as const).map((type) => ({ key, format: 'der', type }) as const);
  for (const form of forms) {
    try {
      return createPrivateKey(form);
    } catch {
      continue;
    }
  }
  throw new ProductionError('INPUT_MALFORMED', file, [
    'it holds no private key in DER or PEM without a passphrase',
  ]);
}

function belongTogether(key: KeyObject, { publicKey }: CvCertificate): boolean {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const own = parsePublicKeyInfo(new Uint8Array(spki), 'terminal key');
  if (own.type === 'ec') return publicKey.type === 'ec' && equalBytes(own.point, publicKey.point);
  return (
    own.type === 'rsa' &&
    publicKey.type === 'rsa' &&
    equalBytes(own.modulus, publicKey.modulus) &&
    own.publicExponent === publicKey.publicExponent
  );
}
