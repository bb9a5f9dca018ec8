import { AccessError } from '../../../standards/access/access-error';
import { listChipAuthenticationOffers } from '../../../standards/access/chip-authentication/chip-authentication-protocol';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { authenticateChip } from '../../../standards/access/terminal/authenticate-chip';
import { readFile } from '../../../standards/access/terminal/read-file';
import { describeSw } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import type { RandomSource } from '../../ports';
import type { ChipProof } from '../chip-facts';
import { readContents } from '../lds-contents';
import { attempt, valueOf } from '../parsed';
import { text } from '../texts/text';
import type { FileReading } from './file-reading';
import type { StepLog } from './step-log';

/**
 * Agrees on new keys with the static key of EF.DG14 and reads EF.COM under them: only the chip
 * that holds the private key can answer. Undefined when EF.DG14 offers nothing that is understood.
 */
export async function proveChipAuthentication(
  reading: FileReading,
  random: RandomSource,
  log: StepLog,
): Promise<ChipProof | undefined> {
  const infos = valueOf(readContents(reading.files)['EF.DG14']) ?? [];
  const offers = attempt(() => listChipAuthenticationOffers(infos));
  if (offers.state === 'malformed') return failed(offers.detail);
  const offer = valueOf(offers)?.[0];
  if (offer === undefined) return undefined;
  return log.run('CA', async () => {
    try {
      const channel = await reading.openChannel();
      await authenticateChip(channel, offer, random);
      await readFile(channel, LDS_FILE_TABLE['EF.COM'].fid);
      return { state: 'proved', algorithm: offer.algorithm.name };
    } catch (error) {
      reading.loseSession();
      return explain(error);
    }
  });
}

function explain(error: unknown): ChipProof {
  if (error instanceof SecureMessagingError) {
    return failed(error.receivedSw === undefined ? error.message : describeSw(error.receivedSw));
  }
  if (error instanceof AccessError || error instanceof MalformedError) return failed(error.message);
  throw error;
}

function failed(detail: string): ChipProof {
  return { state: 'failed', reason: text('chip-auth.failed', { detail }) };
}
