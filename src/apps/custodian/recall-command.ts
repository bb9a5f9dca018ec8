import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import type { RecalledDocument } from '../../production/document/custody/signer-store';
import { ProductionError } from '../../production/errors';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { withCustody } from './custody-session';

/** After so many documents it is said how far the list is. */
const TELL_EVERY = 100_000;

/** `key recall`: every document of a signer, page after page into a file. */
export function addRecallCommand(key: Command, context: CommandContext): void {
  key
    .command('recall')
    .argument('<signer>', 'number of the document signer', parseWholeNumber(1, 1_000_000))
    .description('Lists every document of a signer.')
    .requiredOption('--out <file>', 'CSV: document, time, station, SHA-256 of EF.SOD')
    .action((signer: number, { out }: { readonly out: string }) => recall(context, signer, out));
}

async function recall({ terminal }: CommandContext, signer: number, out: string): Promise<void> {
  await withCustody(async ({ custody, act }) => {
    await requireNew(out);
    // Until it is whole the list has another name: half a recall must not be taken for all of it.
    const part = `${out}.part`;
    const file = await open(part, 'w', 0o640).catch((cause: unknown) => {
      throw new ProductionError('OUTPUT_UNWRITABLE', out, [], { cause });
    });
    try {
      await file.write('document,signed_at,station,sod_sha256\n');
      let [listed, told] = [0, 0];
      const { documents } = await act({ action: 'recall', subject: `signer ${signer}` }, () =>
        custody.signers.recall(signer, async (page) => {
          await file.write(`${page.map(toLine).join('\n')}\n`);
          listed += page.length;
          if (listed - told < TELL_EVERY) return;
          told = listed;
          terminal.note(`${listed} documents listed`);
        }),
      );
      await file.sync();
      await file.close();
      await rename(part, out);
      terminal.print(`${out}: ${documents} documents of DSC ${signer}`);
    } catch (error) {
      await file.close();
      await rm(part, { force: true });
      throw error;
    }
  });
}

async function requireNew(out: string): Promise<void> {
  const file = await open(out, 'wx', 0o640).catch((cause: unknown) => {
    throw new ProductionError('OUTPUT_UNWRITABLE', out, [], { cause });
  });
  await file.close();
  await rm(out);
}

/** Without a document it was signed beside the line, without a hash it was never recorded. */
function toLine({ documentId, signedAt, station, sodSha256 }: RecalledDocument): string {
  const hash = sodSha256 === undefined ? '' : encodeHex(sodSha256);
  return [documentId ?? '', signedAt.toISOString(), station, hash].join(',');
}
