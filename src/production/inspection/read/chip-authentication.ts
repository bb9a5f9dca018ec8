import { AccessError } from '../../../standards/access/access-error';
import {
  type ChipAuthenticationOffer,
  listChipAuthenticationOffers,
} from '../../../standards/access/chip-authentication/chip-authentication-protocol';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { authenticateChip } from '../../../standards/access/terminal/authenticate-chip';
import { readFile } from '../../../standards/access/terminal/read-file';
import { describeSw } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import type { SecurityInfo } from '../../../standards/lds/security-infos';
import type { RandomSource } from '../../ports';
import type { ChipProof } from '../chip-facts';
import { readContents } from '../lds-contents';
import { valueOf } from '../parsed';
import { text } from '../texts/text';
import type { FileReading } from './file-reading';
import type { StepLog } from './step-log';

/** What Chip Authentication came to. */
export interface ChipAuthentication {
  readonly proof: ChipProof;
  /** Comp(PK_DH,IFD), to which Terminal Authentication binds; absent where it failed. */
  readonly compressedPublicKey?: Uint8Array;
}

/** Keys and variants beyond these are not tried. */
const MAX_RUNS = 4;

/**
 * Agrees on new keys with a static key of EF.DG14 and reads EF.COM under them: only the chip
 * that holds the private key can answer. A variant that the chip refuses leaves the next one.
 * Undefined when EF.DG14 offers nothing that is understood.
 */
export async function proveChipAuthentication(
  reading: FileReading,
  random: RandomSource,
  log: StepLog,
): Promise<ChipAuthentication | undefined> {
  const infos = valueOf(readContents(reading.files)['EF.DG14']) ?? [];
  const { offers, unusable } = listOffers(infos);
  if (offers.length === 0) return unusable === undefined ? undefined : failed(unusable);
  return log.run('CA', async () => {
    let refusal = '';
    for (const offer of offers.slice(0, MAX_RUNS)) {
      const outcome = await run(reading, offer, random);
      if (typeof outcome !== 'string') return outcome;
      refusal = outcome;
    }
    return failed(refusal);
  });
}

/** The outcome of one variant, or in words why the chip refuses it. */
async function run(
  reading: FileReading,
  offer: ChipAuthenticationOffer,
  random: RandomSource,
): Promise<ChipAuthentication | string> {
  const channel = await reading.openChannel();
  let publicKey: Uint8Array;
  try {
    ({ publicKey } = await authenticateChip(channel, offer, random));
  } catch (error) {
    reading.loseSession();
    return explain(error);
  }
  try {
    await readFile(channel, LDS_FILE_TABLE['EF.COM'].fid);
  } catch (error) {
    reading.loseSession();
    return failed(explain(error));
  }
  return {
    proof: { state: 'proved', algorithm: `${offer.algorithm.name}, ${offer.group.name}` },
    compressedPublicKey: offer.group.compress(publicKey),
  };
}

/** Every key by itself, so that one that cannot be used does not hide the others. */
function listOffers(infos: readonly SecurityInfo[]): {
  readonly offers: readonly ChipAuthenticationOffer[];
  readonly unusable?: string;
} {
  const others = infos.filter(({ kind }) => kind !== 'chip-authentication-public-key');
  const offers: ChipAuthenticationOffer[] = [];
  let unusable: string | undefined;
  for (const key of infos.filter(({ kind }) => kind === 'chip-authentication-public-key')) {
    try {
      offers.push(...listChipAuthenticationOffers([...others, key]));
    } catch (error) {
      unusable = explain(error);
    }
  }
  return { offers: offers.toSorted(strongerFirst), ...(unusable !== undefined && { unusable }) };
}

const CIPHERS = ['AES-256', 'AES-192', 'AES-128', '3DES'];

function strongerFirst(left: ChipAuthenticationOffer, right: ChipAuthenticationOffer): number {
  return CIPHERS.indexOf(left.algorithm.cipher) - CIPHERS.indexOf(right.algorithm.cipher);
}

function explain(error: unknown): string {
  if (error instanceof SecureMessagingError) {
    return error.receivedSw === undefined ? error.message : describeSw(error.receivedSw);
  }
  if (error instanceof AccessError || error instanceof MalformedError) return error.message;
  throw error;
}

function failed(detail: string): ChipAuthentication {
  return { proof: { state: 'failed', reason: text('chip-auth.failed', { detail }) } };
}
