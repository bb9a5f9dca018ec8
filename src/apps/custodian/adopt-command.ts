import type { Command } from 'commander';
import { authorize } from '../../production/custody/rotation/authorize';
import { readDocumentSigner } from '../../production/signing/read-document-signer';
import { encodeHex } from '../../standards/bytes/hex';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { systemClock } from '../system';
import { addCustodyKeyOptions, withKeys, type CustodyOptions } from './custody-session';
import { nounOf } from './noun';

interface AdoptOptions extends CustodyOptions {
  readonly maxSignatures?: number;
  readonly maxDays?: number;
  readonly proposal?: number;
}

/** `key adopt`: what a ceremony made goes into the custody of the database. */
export function addAdoptCommand(program: Command, context: CommandContext): void {
  addCustodyKeyOptions(
    nounOf(program, 'key', 'Signing keys and certificates.')
      .command('adopt')
      .description('Records the CSCA and the signers of a key directory, so that they rotate.')
      .option('--max-signatures <number>', 'limit of each signer', parseWholeNumber(1, 1e12))
      .option('--max-days <number>', 'limit of each signer', parseWholeNumber(1, 3650))
      .option('--proposal <number>', 'the approval, --with csca=SHA256', parseWholeNumber(1, 1e9)),
  ).action((options: AdoptOptions) => adopt(context, options));
}

async function adopt({ terminal }: CommandContext, options: AdoptOptions): Promise<void> {
  const { maxSignatures, maxDays, proposal } = options;
  await withKeys(options, async ({ custody, keys, auditor, act }) => {
    const at = systemClock.now();
    const { csca, signers } = keys.keys;
    const fingerprint = encodeHex(digestBytes('sha256', csca.certificate));
    await act({ action: 'add-csca', subject: `CSCA ${fingerprint}` }, async () => {
      const { subject, approval } = await authorize(custody.fourEyes, {
        ...{ kind: 'add-csca', subject: { csca: fingerprint }, at, by: auditor.who },
        ...(proposal !== undefined && { proposalId: proposal }),
      });
      if (subject['csca'] !== fingerprint) {
        throw new ProductionError('FOUR_EYES_REFUSED', 'CSCA', ['the proposal names another']);
      }
      await custody.cscas.addCsca(csca, at, approval);
    });
    terminal.print(`CSCA ${fingerprint} is recorded`);
    // Custodians who have founded add each signer by a proposal of its own.
    if ((await custody.fourEyes.quorum()) !== undefined) return;
    for (const key of signers) {
      const limits = {
        ...(maxSignatures !== undefined && { maxSignatures }),
        ...(maxDays !== undefined && { maxDays }),
      };
      const signer = readDocumentSigner(key);
      const added = await act({ action: 'add-signer', subject: `key ${key.keyLabel}` }, () =>
        custody.signers.addSigner(signer, { ...limits, at }),
      );
      terminal.print(`DSC ${added} waits for its turn`);
    }
  });
}
