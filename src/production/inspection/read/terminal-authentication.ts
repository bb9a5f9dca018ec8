import { AccessError } from '../../../standards/access/access-error';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { authenticateTerminal } from '../../../standards/access/terminal/authenticate-terminal';
import type { CvCertificate } from '../../../standards/access/terminal-authentication/cv-certificate';
import { roleOf } from '../../../standards/access/terminal-authentication/cv-authorization';
import { describeSw } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import type { LocalText } from '../../document/inspection-report';
import type { RandomSource } from '../../ports';
import type { TerminalFacts } from '../chip-facts';
import { readContents } from '../lds-contents';
import { valueOf } from '../parsed';
import { text } from '../texts/text';
import { type ChipAuthentication, proveChipAuthentication } from './chip-authentication';
import type { FileReading } from './file-reading';
import type { StepLog } from './step-log';

/** The rights of a terminal, with which it reads fingers and irises. */
export interface TerminalRights {
  /** Link, DV and terminal certificates in any order. */
  readonly certificates: readonly CvCertificate[];
  /** Signs with the terminal's key, wherever that is; ECDSA plain. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

export interface TerminalRun {
  readonly reading: FileReading;
  readonly rights: TerminalRights;
  readonly random: RandomSource;
  readonly log: StepLog;
  /** Certificates that ended before are named where the chip refuses. */
  readonly today: Date;
  /** The Chip Authentication under whose keys the session runs; undefined where there is none. */
  readonly chipAuthentication: ChipAuthentication | undefined;
}

/** What fits into a short command under every cipher. */
const SHORT_COMMAND_BYTES = 223;

/**
 * Proves the terminal's rights and reads DG3 and DG4 with them. A file that is refused all the
 * same can cost the session; the next one then gets a new one, with both authentications anew.
 */
export async function readWithRights(run: TerminalRun): Promise<TerminalFacts> {
  const { reading, rights, random, log } = run;
  const wanted = reading.missingProtected();
  const opened: string[] = [];
  let { chipAuthentication } = run;
  let hasRights = false;
  for (const file of wanted) {
    if (reading.sessionLost || !hasRights) {
      if (reading.sessionLost) {
        chipAuthentication = await proveChipAuthentication(reading, random, log);
      }
      const refusal = await authenticate(run, chipAuthentication);
      if (refusal !== undefined) return { refusal, opened };
      hasRights = true;
    }
    await reading.readProtectedFile(file);
    if (reading.files.has(file)) opened.push(file);
    else reading.explainNotGranted(file);
  }
  const holder = rights.certificates.find(
    ({ authorization }) => roleOf(authorization) === 'terminal',
  )?.holderReference;
  return { ...(holder !== undefined && { holder }), opened };
}

/** Runs Terminal Authentication; why the chip did not take it, or undefined when it did. */
async function authenticate(
  { reading, rights, log, today }: TerminalRun,
  chipAuthentication: ChipAuthentication | undefined,
): Promise<LocalText | undefined> {
  const { compressedPublicKey } = chipAuthentication ?? {};
  if (compressedPublicKey === undefined) return text('terminal.no-chip-authentication');
  const references = await findTrustPoints(reading);
  if (references.length === 0) return text('terminal.no-references');
  const { channel, chipIdentifier } = await reading.openSession();
  const mostDataBytes = reading.commandBytes ?? SHORT_COMMAND_BYTES;
  return log.run('TA', async () => {
    try {
      await authenticateTerminal(
        channel,
        { ...rights, mostDataBytes },
        { authorityReferences: references, chipIdentifier, compressedPublicKey },
      );
      return undefined;
    } catch (error) {
      if (error instanceof SecureMessagingError) reading.loseSession();
      const detail = explain(error);
      const names = listExpired(rights, today).join(', ');
      return names === ''
        ? text('terminal.refused', { detail })
        : text('terminal.refused-expired', { detail, names });
    }
  });
}

/** The chip knows the day from certificates alone; the terminal has a clock [9303-11 §7.1.4.3.3]. */
function listExpired({ certificates }: TerminalRights, today: Date): readonly string[] {
  const date = today.toISOString().slice(2, 10).replaceAll('-', '');
  return certificates
    .filter(({ expirationDate }) => expirationDate < date)
    .map(({ holderReference }) => holderReference);
}

/** The names of the CVCA keys that the chip trusts: from PACE, or of EF.CVCA. */
async function findTrustPoints(reading: FileReading): Promise<readonly string[]> {
  const { authorityReferences } = await reading.openSession();
  if (authorityReferences.length > 0) return authorityReferences;
  return valueOf(readContents(reading.files)['EF.CVCA']) ?? [];
}

function explain(error: unknown): string {
  if (error instanceof SecureMessagingError) {
    return error.receivedSw === undefined ? error.message : describeSw(error.receivedSw);
  }
  if (error instanceof AccessError || error instanceof MalformedError) return error.message;
  throw error;
}
