import { AccessError } from '../../../../standards/access/access-error';
import { SecureMessagingError } from '../../../../standards/access/secure-messaging/secure-messaging-error';
import {
  type ChipAuthenticationOffer,
  listChipAuthenticationOffers,
} from '../../../../standards/access/chip-authentication/chip-authentication-protocol';
import { authenticateChip } from '../../../../standards/access/terminal/authenticate-chip';
import { requestActiveAuthentication } from '../../../../standards/access/terminal/internal-authenticate';
import { readFile } from '../../../../standards/access/terminal/read-file';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { parseDg14 } from '../../../../standards/lds/dg14';
import { LDS_FILE_TABLE } from '../../../../standards/lds/lds-file-table';
import { readChip, type ReadChipRequest } from '../../../../production/inspection/read/read-chip';
import { NotComputable } from '../not-computable';
import { countOn, openRecorded, type RecordedSession } from './open-recorded';
import { recordActiveAuthentication, recordChipAuthentication } from './record-chip-proofs';
import { type FileCandidates, recordFiles } from './record-files';
import { recordSession } from './record-session';
import type { Candidate } from './recording';
import { CommandTape, RandomTape } from './tape';

type Files = ReadonlyMap<string, Uint8Array>;

const CHALLENGE_BYTES = 8;
/** An EF.DG15 with an RSA key whose signature no longer fits a short response [9303-11 §6.1.4]. */
const EXTENDED_FROM_BYTES = 270;
const EXTENDED_LE = 0x1_0000;
/** EF.COM says nothing of the holder, and every chip has it. */
const { fid: FILE_TO_READ } = LDS_FILE_TABLE['EF.COM'];

/**
 * Everything of a chip that can become an entry: its files, a session of secure messaging, and the
 * proofs that it is genuine. The chip is read once whole, reset, and opened again on tape.
 *
 * @throws ProductionError as `readChip` does.
 */
export async function recordChip(request: ReadChipRequest): Promise<FileCandidates> {
  const { files } = await readChip(request);
  const { candidates, left } = recordFiles(files);
  await request.connection.reset();
  const taped = await recordOnTape(request, files);
  return {
    candidates: [...candidates, ...taped.candidates],
    left: [...left, ...taped.left],
  };
}

/** What the chip says and does, each on its own: one that fails does not hide the next. */
async function recordOnTape(
  { connection, access, random }: ReadChipRequest,
  files: Files,
): Promise<FileCandidates> {
  const candidates: Candidate[] = [];
  const left: { id: string; why: string }[] = [];
  let session: RecordedSession;
  try {
    session = await openRecorded({ channel: connection, access, random });
  } catch (error) {
    return { candidates, left: [{ id: 'sessions', why: reasonOf(error) }] };
  }
  const runs = [
    ['read-ef-com', () => runReading(session)],
    ['active-authentication', () => runActiveAuthentication(session, files, random)],
    ['chip-authentication', () => runChipAuthentication(session, files, random)],
  ] as const;
  for (const [id, run] of runs) {
    try {
      candidates.push(await run());
    } catch (error) {
      left.push({ id, why: reasonOf(error) });
    }
  }
  return { candidates, left };
}

async function runReading({ channel, keys, tape }: RecordedSession): Promise<Candidate> {
  const first = tape.exchanges.length;
  const plain = new CommandTape(channel);
  await readFile(plain, FILE_TO_READ);
  return recordSession(keys, tape.exchanges.slice(first), plain.exchanges);
}

async function runActiveAuthentication(
  { channel }: RecordedSession,
  files: Files,
  random: ReadChipRequest['random'],
): Promise<Candidate> {
  const dg15 = files.get('EF.DG15');
  const dg14 = files.get('EF.DG14');
  if (dg15 === undefined) throw new NotComputable('the chip has no EF.DG15');
  const challenge = random.bytes(CHALLENGE_BYTES);
  const le = dg15.length > EXTENDED_FROM_BYTES ? EXTENDED_LE : undefined;
  const signature = await requestActiveAuthentication(channel, challenge, le);
  return recordActiveAuthentication({ dg15, challenge, signature, ...(dg14 && { dg14 }) });
}

async function runChipAuthentication(
  session: RecordedSession,
  files: Files,
  random: ReadChipRequest['random'],
): Promise<Candidate> {
  const { channel, tape } = session;
  const dg14 = files.get('EF.DG14');
  const [offer]: readonly (ChipAuthenticationOffer | undefined)[] =
    dg14 === undefined ? [] : listChipAuthenticationOffers(parseDg14(dg14));
  if (dg14 === undefined || offer === undefined) {
    throw new NotComputable('the chip offers no chip authentication');
  }
  const first = tape.exchanges.length;
  const given = new RandomTape(random);
  const before = countOn(session.keys, first - session.opened);
  await authenticateChip(channel, offer, given);
  await readFile(channel, FILE_TO_READ);
  const exchanges = tape.exchanges.slice(first);
  const [bytes = new Uint8Array()] = given.given;
  return recordChipAuthentication({ dg14, offer, random: bytes, before, exchanges });
}

/** What the chip did not do; a reader that is gone is no such thing and is thrown. */
function reasonOf(error: unknown): string {
  const known = [NotComputable, MalformedError, AccessError, SecureMessagingError];
  if (error instanceof Error && known.some((kind) => error instanceof kind)) return error.message;
  throw error;
}
