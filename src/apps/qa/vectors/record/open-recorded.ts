import { deriveBacKeys } from '../../../../standards/access/bac/bac-keys';
import { verifyBacResponse } from '../../../../standards/access/bac/bac-session';
import { listPaceOffers } from '../../../../standards/access/pace/pace-protocol';
import type { SessionKeys } from '../../../../standards/access/session-keys';
import { PlainChannel } from '../../../../standards/access/terminal/apdu-channel';
import { readCardAccess } from '../../../../standards/access/terminal/read-card-access';
import { openByBac } from '../../../../standards/access/terminal/open-by-bac';
import { openByPace } from '../../../../standards/access/terminal/open-by-pace';
import type { SecureChannel } from '../../../../standards/access/terminal/secure-channel';
import { selectEmrtdApplication } from '../../../../standards/access/terminal/select';
import { parseResponse } from '../../../../standards/apdu/response';
import { parseCardAccess } from '../../../../standards/lds/ef-card-access';
import {
  type ChipSecrets,
  choosePassword,
} from '../../../../production/inspection/read/access-secrets';
import { NotComputable } from '../not-computable';
import { ChannelTape, RandomTape } from './tape';

/** A session from its first command on, with the keys that both sides agreed on. */
export interface RecordedSession {
  readonly channel: SecureChannel;
  readonly keys: SessionKeys;
  readonly tape: ChannelTape;
  /** How many exchanges stand on the tape before the first under these keys. */
  readonly opened: number;
}

export interface OpenRecordedRequest {
  readonly channel: ConstructorParameters<typeof ChannelTape>[0];
  readonly access: ChipSecrets;
  readonly random: { bytes(length: number): Uint8Array };
}

/**
 * Opens the chip by PACE with its first variant, or by BAC where it offers none; the application
 * is selected afterwards. The keys of the session die with it, so that they can be told.
 *
 * @throws NotComputable when the MRZ is not known, AccessError when the chip is not opened so
 */
export async function openRecorded(request: OpenRecordedRequest): Promise<RecordedSession> {
  const { channel, access, random } = request;
  const tape = new ChannelTape(channel);
  // Whatever of the chip holds EF.CardAccess is selected afterwards, which PACE counts on.
  const found = await readCardAccess(new PlainChannel(tape));
  const [offer] = found === undefined ? [] : listPaceOffers(parseCardAccess(found.bytes));
  const password = choosePassword(access);
  if (offer === undefined || password === undefined) return openRecordedByBac(request, tape);
  const opened = await openByPace(tape, { offer, password, random });
  let keys = opened.result.session;
  if (found?.place === 'MF') {
    await selectEmrtdApplication(opened.channel);
    // The selection was under protection already: the session is told from behind it.
    keys = countOn(keys, 1);
  }
  return { channel: opened.channel, keys, tape, opened: tape.exchanges.length };
}

async function openRecordedByBac(
  { access, random }: OpenRecordedRequest,
  tape: ChannelTape,
): Promise<RecordedSession> {
  const { mrz } = access;
  if (mrz === undefined) {
    throw new NotComputable('a session is opened with the MRZ of the chip, which was not given');
  }
  await selectEmrtdApplication(new PlainChannel(tape));
  const first = tape.exchanges.length;
  const given = new RandomTape(random);
  const channel = await openByBac(tape, mrz, given);
  const [challenge, answer] = tape.exchanges
    .slice(first)
    .map(({ response }) => parseResponse(response).data);
  const [rndIfd, kIfd] = given.given;
  const parts = { rndIc: challenge, rndIfd, kIfd };
  const keys = verifyBacResponse(
    { keys: deriveBacKeys(mrz), ...requireAll(parts) },
    answer ?? new Uint8Array(),
  );
  return { channel, keys, tape, opened: tape.exchanges.length };
}

function requireAll<Name extends string>(
  parts: Readonly<Record<Name, Uint8Array | undefined>>,
): Readonly<Record<Name, Uint8Array>> {
  for (const part of Object.values(parts)) {
    if (part === undefined) throw new Error('BAC ran with less than it needs');
  }
  return parts as Readonly<Record<Name, Uint8Array>>;
}

/** The same keys after so many exchanges, each of which counts twice [9303-11 §9.8.2]. */
export function countOn(keys: SessionKeys, exchanges: number): SessionKeys {
  const counter = BigInt(`0x${Buffer.from(keys.sendSequenceCounter).toString('hex')}`);
  const length = keys.sendSequenceCounter.length;
  const next = (counter + BigInt(2 * exchanges)) % (1n << BigInt(8 * length));
  const sendSequenceCounter = new Uint8Array(
    Buffer.from(next.toString(16).padStart(2 * length, '0'), 'hex'),
  );
  return { ...keys, sendSequenceCounter };
}
