import { AccessError } from '../../../standards/access/access-error';
import { listPaceOffers, type PaceOffer } from '../../../standards/access/pace/pace-protocol';
import type { PacePassword } from '../../../standards/access/pace/pace-password';
import { PlainChannel } from '../../../standards/access/terminal/apdu-channel';
import { openByBac } from '../../../standards/access/terminal/open-by-bac';
import { openByPace } from '../../../standards/access/terminal/open-by-pace';
import {
  type FoundCardAccess,
  readCardAccess,
} from '../../../standards/access/terminal/read-card-access';
import type { SecureChannel } from '../../../standards/access/terminal/secure-channel';
import { selectEmrtdApplication } from '../../../standards/access/terminal/select';
import { MalformedError } from '../../../standards/bytes/malformed';
import { parseCardAccess } from '../../../standards/lds/ef-card-access';
import type { MrzSecret } from '../../document/holder';
import type { LdsFileName } from '../../document/lds-files';
import { ProductionError } from '../../errors';
import type { CardConnection, RandomSource } from '../../ports';
import type { ChipFacts } from '../chip-facts';
import { attempt, valueOf } from '../parsed';
import type { CountingChannel } from './counting-channel';
import { readMasterFiles } from './master-files';
import type { StepLog } from './step-log';

export interface ChipSecrets {
  readonly mrz?: MrzSecret;
  /** The card access number, six digits. */
  readonly can?: string;
}

/** Which way in is taken: PACE alone, or BAC where PACE is not offered or not understood. */
export type AccessPolicy = 'pace-or-bac' | 'pace-only' | 'bac-only';

export interface OpenChipRequest {
  readonly connection: CardConnection;
  readonly channel: CountingChannel;
  readonly log: StepLog;
  readonly access: ChipSecrets;
  readonly policy: AccessPolicy;
  readonly random: RandomSource;
  /** False when the chip is opened anew and its master file was read before. */
  readonly withMasterFiles: boolean;
}

/** A chip whose eMRTD application is selected and whose files can be read. */
export interface OpenChip {
  readonly channel: SecureChannel;
  readonly access: ChipFacts['access'];
  /** EF.CardAccess, and on chips with a master file what else stands there. */
  readonly masterFiles: ReadonlyMap<LdsFileName, Uint8Array>;
}

/**
 * Looks for EF.CardAccess, then runs PACE where it is offered and BAC otherwise
 * [9303-11 §4.2].
 *
 * @throws ProductionError `CARD_ACCESS_DENIED` when the chip does not accept MRZ or CAN or none is
 * given that it takes, `CARD_REFUSED` when it has no eMRTD application.
 */
export async function openChip(request: OpenChipRequest): Promise<OpenChip> {
  const { channel, log, policy } = request;
  const found = await log.run('EF.CardAccess', () => findCardAccess(new PlainChannel(channel)));
  const infos = found && valueOf(attempt(() => parseCardAccess(found.bytes)));
  const [offer] = listPaceOffers(infos ?? []);
  const context = { found, paceOffered: offer !== undefined };
  const password = choosePassword(request.access);
  if (offer !== undefined && password !== undefined && policy !== 'bac-only') {
    const opened = await tryPace(request, context, { offer, password });
    if (opened !== undefined) return opened;
  }
  if (policy === 'pace-only') {
    throw new ProductionError('CARD_ACCESS_DENIED', 'PACE', [
      'the chip offers no PACE that is understood here, and BAC is not allowed',
    ]);
  }
  return openWithBac(request, context);
}

interface OpeningContext {
  readonly found: FoundCardAccess | undefined;
  readonly paceOffered: boolean;
}

/** PACE, or undefined where another way in is left to try. */
async function tryPace(
  request: OpenChipRequest,
  { found, paceOffered }: OpeningContext,
  { offer, password }: { readonly offer: PaceOffer; readonly password: PacePassword },
): Promise<OpenChip | undefined> {
  const { connection, channel, log, random } = request;
  const words = `PACE with ${password.kind}`;
  try {
    const pace = () => openByPace(channel, { offer, password, random });
    const opened = await log.run(words, pace);
    const access = { words, protocol: 'pace', paceOffered } as const;
    const cardAccess = cardAccessMap(found);
    if (found?.place !== 'MF') {
      return { channel: opened.channel, access, masterFiles: cardAccess };
    }
    const master = request.withMasterFiles
      ? await log.run('MF', () => readMasterFiles(opened.channel))
      : { files: new Map<LdsFileName, Uint8Array>(), sessionLost: false };
    if (master.sessionLost) await connection.reset();
    const session = master.sessionLost ? await log.run(words, pace) : opened;
    await selectEmrtdApplication(session.channel);
    const masterFiles = new Map([...cardAccess, ...master.files]);
    return { channel: session.channel, access, masterFiles };
  } catch (error) {
    const canFallBack =
      error instanceof AccessError &&
      (error.reason === 'unsupported' || error.reason === 'refused') &&
      request.policy === 'pace-or-bac' &&
      request.access.mrz !== undefined;
    if (!canFallBack) throw toAccessFailure(error, words);
    await connection.reset();
    return undefined;
  }
}

async function openWithBac(
  { channel, log, access, random }: OpenChipRequest,
  { found, paceOffered }: OpeningContext,
): Promise<OpenChip> {
  const { mrz } = access;
  if (mrz === undefined) {
    throw new ProductionError('CARD_ACCESS_DENIED', 'BAC', [
      'the chip is opened with its MRZ, and only a CAN was given',
    ]);
  }
  try {
    const opened = await log.run('BAC', async () => {
      await selectEmrtdApplication(new PlainChannel(channel));
      return openByBac(channel, mrz, random);
    });
    const words = { words: 'BAC', protocol: 'bac', paceOffered } as const;
    return { channel: opened, access: words, masterFiles: cardAccessMap(found) };
  } catch (error) {
    throw toAccessFailure(error, 'BAC');
  }
}

function cardAccessMap(found: FoundCardAccess | undefined): ReadonlyMap<LdsFileName, Uint8Array> {
  return new Map(found === undefined ? [] : [['EF.CardAccess', found.bytes]]);
}

async function findCardAccess(channel: PlainChannel): Promise<FoundCardAccess | undefined> {
  try {
    return await readCardAccess(channel);
  } catch (error) {
    // A file that cannot be read leaves BAC; a chip without the application is told apart there.
    if (error instanceof AccessError || error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** The CAN where there is one: it is short, but says nothing about the holder. */
function choosePassword({ can, mrz }: ChipSecrets): PacePassword | undefined {
  if (can !== undefined) return { kind: 'CAN', digits: can };
  return mrz === undefined ? undefined : { kind: 'MRZ', mrz };
}

function toAccessFailure(error: unknown, place: string): unknown {
  if (error instanceof MalformedError) {
    return new ProductionError('CARD_REFUSED', place, [error.message], { cause: error });
  }
  if (!(error instanceof AccessError)) return error;
  const denied = ['wrong-secret', 'wrong-proof', 'blocked'].includes(error.reason);
  const code = denied ? 'CARD_ACCESS_DENIED' : 'CARD_REFUSED';
  return new ProductionError(code, place, [error.message], { cause: error });
}
