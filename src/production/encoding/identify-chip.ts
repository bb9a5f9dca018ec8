import { encodeCommand } from '../../standards/apdu/command';
import { describeSw } from '../../standards/apdu/status-words';
import { concatBytes } from '../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import { buildGetCardData } from '../../standards/gp/content-commands';
import { type Cplc, parseCplc } from '../../standards/gp/cplc';
import { ProductionError } from '../errors';
import type { CardChannel } from '../ports';
import { exchange } from './exchange';

export interface ChipIdentity {
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly from: 'CPLC' | 'UID';
}

const GET_CPLC = encodeCommand(buildGetCardData('cplc'));
/** The reader's own command for the number of a contactless card, as part 3 of PC/SC has it. */
const GET_UID = decodeHex('FFCA000000');
const UID_BYTES = [4, 7, 10];

const OK = 0x9000;

/**
 * The serial number of a chip that was just reset, while its card manager is still selected: from
 * the card production life cycle data, else the number of a contactless card.
 *
 * @throws ProductionError `CARD_WITHOUT_SERIAL`, `CARD_LOST`, `CARD_MUTE`
 */
export async function identifyChip(channel: CardChannel): Promise<ChipIdentity> {
  const cplc = await ask(channel, GET_CPLC);
  const fromCplc = cplc.sw === OK ? readCplcSerial(cplc.data) : undefined;
  if (fromCplc !== undefined) return { serial: fromCplc, from: 'CPLC' };
  const uid = await ask(channel, GET_UID);
  if (uid.sw === OK && UID_BYTES.includes(uid.data.length)) {
    return { serial: encodeHex(uid.data), from: 'UID' };
  }
  throw new ProductionError('CARD_WITHOUT_SERIAL', 'chip', [
    `the card manager answers ${describeSw(cplc.sw)}${cplc.sw === OK ? ' without a serial' : ''}`,
    `the reader answers ${describeSw(uid.sw)}${uid.sw === OK ? ' without a number' : ''}`,
  ]);
}

/** Sends it once more with the right Le where the card names it. */
async function ask(channel: CardChannel, command: Uint8Array) {
  const answer = await exchange(channel, command, 'chip serial');
  if (answer.sw >> 8 !== 0x6c) return answer;
  const corrected = concatBytes(command.subarray(0, 4), Uint8Array.of(answer.sw & 0xff));
  return exchange(channel, corrected, 'chip serial');
}

/**
 * Fabricator, type, fabrication date, serial and batch of the integrated circuit: together they
 * name one chip in the world. Undefined where the serial was never written.
 */
function readCplcSerial(data: Uint8Array): string | undefined {
  let cplc: Cplc;
  try {
    cplc = parseCplc(data);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
  const { icFabricator, icType, icFabricationDate, icSerialNumber, icBatchIdentifier } = cplc;
  const circuit = icFabricationDate + icSerialNumber + icBatchIdentifier;
  return /^(00|FF)+$/.test(circuit) ? undefined : icFabricator + icType + circuit;
}
