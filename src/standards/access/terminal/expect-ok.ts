import type { ResponseApdu } from '../../apdu/response';
import { SW } from '../../apdu/status-words';
import { AccessError } from '../access-error';

/**
 * The response itself when the chip answered 9000 [ISO 7816-4 §5.6].
 *
 * @param authenticating whether 6300 or 6982 means that a secret was wrong
 * @throws AccessError with the status word.
 */
export function expectOk(
  step: string,
  response: ResponseApdu,
  authenticating = false,
): ResponseApdu {
  if (response.sw !== SW.ok) throw AccessError.fromStatusWord(step, response.sw, authenticating);
  return response;
}
