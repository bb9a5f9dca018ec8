import { parseResponse, type ResponseApdu } from '../../standards/apdu/response';
import { MalformedError } from '../../standards/bytes/malformed';
import { ProductionError } from '../errors';
import type { CardChannel } from '../ports';

/**
 * One command and its answer.
 *
 * @param place the step, for the error
 * @throws ProductionError `CARD_LOST` also when an answer without a status word came back: PC/SC
 * reports a card that was pulled during a command as success with no bytes.
 */
export async function exchange(
  channel: CardChannel,
  command: Uint8Array,
  place: string,
): Promise<ResponseApdu> {
  const bytes = await channel.transmit(command);
  try {
    return parseResponse(bytes);
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('CARD_LOST', place, [cause.reason], { cause });
  }
}
