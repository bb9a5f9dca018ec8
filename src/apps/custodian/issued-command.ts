import { join } from 'node:path';
import type { Command } from 'commander';
import type { IssuedCertificate } from '../../production/document/custody/certificate-store';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { printJson } from '../terminal';
import { checkOutputFolder } from '../write-artefacts';
import { withCustody } from './custody-session';
import { nounOf } from './noun';
import { writeOutputFile } from './write-output-file';

interface IssuedOptions {
  readonly out?: string;
  readonly json?: true;
}

/**
 * `key issued`: the certificates of list signers and terminals. They stand in the database, so that
 * a file that was lost, or never written because the disk was full, is had again.
 */
export function addIssuedCommand(program: Command, context: CommandContext): void {
  nounOf(program, 'key', 'Signing keys and certificates.')
    .command('issued')
    .argument('[label...]', 'keys, ml-1 or cv-VNCVCA00001; all without one')
    .description('Lists the certificates of list signers and terminals, or writes them again.')
    .option('--out <dir>', 'folder for LABEL.cer and NAME.cvcert')
    .option('--json', 'for machines')
    .action((labels: readonly string[], options: IssuedOptions) =>
      showIssued(context, labels, options),
    );
}

async function showIssued(
  { terminal }: CommandContext,
  labels: readonly string[],
  { out, json }: IssuedOptions,
): Promise<void> {
  const issued = await withCustody(({ custody }) => custody.certificates.listCertificates());
  const chosen = issued.filter(({ keyLabel }) => labels.length === 0 || labels.includes(keyLabel));
  const missing = labels.filter((label) => !issued.some(({ keyLabel }) => keyLabel === label));
  if (missing.length > 0) {
    const known = issued.map(({ keyLabel }) => keyLabel).join(', ');
    const reason = `certificates were issued to: ${known === '' ? 'nobody' : known}`;
    throw new ProductionError('USAGE', missing.join(', '), [reason]);
  }
  if (out !== undefined) {
    await checkOutputFolder(out);
    for (const one of chosen) await writeOutputFile(join(out, fileOf(one)), one.certificate);
  }
  if (json === true) {
    const shown = chosen.map(({ certificate, ...rest }) => ({
      ...rest,
      certificate: Buffer.from(certificate).toString('base64'),
    }));
    printJson(terminal, { issued: shown });
    return;
  }
  for (const one of chosen) {
    const place = out === undefined ? '' : `, ${join(out, fileOf(one))}`;
    terminal.print(`${one.keyLabel}: ${wordsOf(one)}${place}`);
  }
  if (chosen.length === 0) terminal.print('no certificate of a list signer or terminal was issued');
}

const CV_PREFIX = /^cv-/;

function fileOf({ kind, keyLabel }: IssuedCertificate): string {
  if (kind === 'issue-list-signer') return `${keyLabel}.cer`;
  return `${keyLabel.replace(CV_PREFIX, '')}.cvcert`;
}

function wordsOf({ kind, subject, issuedAt }: IssuedCertificate): string {
  const role = kind === 'issue-list-signer' ? subject['kind'] : subject['role'];
  return `${typeof role === 'string' ? role : kind}, issued on ${issuedAt.toISOString().slice(0, 10)}`;
}
