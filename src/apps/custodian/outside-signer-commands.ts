import type { Command } from 'commander';
import {
  importDocumentSigner,
  requestDocumentSigner,
} from '../../production/custody/request-document-signer';
import { authorize } from '../../production/custody/rotation/authorize';
import { limitsIn } from '../../production/custody/rotation/limits-in';
import { readDocumentSigner } from '../../production/signing/read-document-signer';
import { ProductionError } from '../../production/errors';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { readBounded } from '../read-lds-folder';
import { systemClock } from '../system';
import { addCustodyKeyOptions, withKeys, type CustodyOptions } from './custody-session';
import { nounOf } from './noun';
import { checkOutputFile, writeOutputFile } from './write-output-file';

interface RequestOptions extends CustodyOptions {
  readonly label: string;
  readonly algorithm?: string;
  readonly commonName: string;
  readonly out: string;
}

interface ImportOptions extends CustodyOptions {
  readonly label: string;
  readonly algorithm?: string;
  readonly certificate: string;
  readonly csca: string;
  readonly maxSignatures?: number;
  readonly maxDays?: number;
  readonly proposal?: number;
}

/** `key request-signer`, `key import-signer`: document signers under a CSCA that is elsewhere. */
export function addOutsideSignerCommands(program: Command, context: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  const add = (name: string, what: string): Command =>
    addCustodyKeyOptions(key.command(name).description(what))
      .requiredOption('--label <label>', 'name of the key, dsc-gov-1')
      .option('--algorithm <name>', 'that of our CSCA by default');
  add('request-signer', 'Makes a document signer’s key and the request for its certificate.')
    .requiredOption('--common-name <text>', 'name of the signer in its certificate')
    .requiredOption('--out <file>', 'PKCS #10, DER')
    .action((options: RequestOptions) => request(context, options));
  add('import-signer', 'Takes the certificate that a CSCA elsewhere issued; it waits for its turn.')
    .requiredOption('--certificate <file>', 'what the CSCA issued, DER')
    .requiredOption('--csca <file>', 'its own certificate, DER, got by a way that is trusted')
    .option('--max-signatures <number>', 'rotation by count', parseWholeNumber(1, 1e12))
    .option('--max-days <number>', 'rotation by time', parseWholeNumber(1, 3650))
    .option(
      '--proposal <number>',
      'the approval, which says the limits too',
      parseWholeNumber(1, 1_000_000),
    )
    .action((options: ImportOptions) => importSigner(context, options));
}

async function request({ terminal }: CommandContext, options: RequestOptions): Promise<void> {
  const { label: keyLabel, out, commonName } = options;
  await checkOutputFile(out);
  return withKeys(options, async ({ keys, hsm, act }) => {
    const order = {
      ...{ keyLabel, algorithm: options.algorithm ?? keys.keys.csca.algorithm },
      subject: [
        { type: 'C', value: keys.keys.country },
        { type: 'CN', value: commonName },
      ] as const,
    };
    const made = await act({ action: 'request-signer', subject: `key ${keyLabel}` }, () =>
      requestDocumentSigner(order, hsm),
    );
    await writeOutputFile(out, made);
    terminal.print(`${out}: request for ${keyLabel}`);
  });
}

function importSigner({ terminal }: CommandContext, options: ImportOptions): Promise<void> {
  const { label: keyLabel, maxSignatures, maxDays, proposal } = options;
  return withKeys(options, async ({ custody, keys, hsm, auditor, act }) => {
    const at = systemClock.now();
    const certificate = await readBounded(options.certificate);
    const issued = {
      ...{ keyLabel, algorithm: options.algorithm ?? keys.keys.csca.algorithm, certificate },
      csca: await readBounded(options.csca),
    };
    const number = await act({ action: 'import-signer', subject: `key ${keyLabel}` }, async () => {
      const signer = await importDocumentSigner(issued, hsm);
      const sha256Of = (der: Uint8Array): string => encodeHex(digestBytes('sha256', der));
      const asked = {
        ...{ label: keyLabel, sha256: sha256Of(certificate), csca: sha256Of(issued.csca) },
        ...(maxSignatures !== undefined && { maxSignatures }),
        ...(maxDays !== undefined && { maxDays }),
      };
      const { subject, approval } = await authorize(custody.fourEyes, {
        ...{ kind: 'import-signer', subject: asked, at, by: auditor.who },
        ...(proposal !== undefined && { proposalId: proposal }),
      });
      for (const name of ['label', 'sha256', 'csca'] as const) {
        if (subject[name] === asked[name]) continue;
        throw new ProductionError('FOUR_EYES_REFUSED', keyLabel, [
          `the proposal names another ${name}`,
        ]);
      }
      const limits = limitsIn(subject);
      return custody.signers.addSigner(readDocumentSigner(signer), { ...limits, at }, approval);
    });
    terminal.print(`DSC ${number} is ready and waits for its turn`);
  });
}
