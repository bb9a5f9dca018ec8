import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';

/** A response APDU: data and the status word as one number, `0x9000` [ISO 7816-4 §5.1]. */
export interface ResponseApdu {
  readonly data: Uint8Array;
  readonly sw: number;
}

/**
 * What came back from a card.
 *
 * @throws MalformedError when there is no status word: a card pulled in mid-transmit looks so.
 */
export function parseResponse(bytes: Uint8Array): ResponseApdu {
  const [sw1, sw2] = bytes.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) {
    throw new MalformedError('response APDU', `${bytes.length} bytes came back, no status word`);
  }
  return { data: bytes.subarray(0, -2), sw: sw1 * 0x100 + sw2 };
}

export function encodeResponse(response: ResponseApdu): Uint8Array {
  return concatBytes(response.data, Uint8Array.of(response.sw >> 8, response.sw & 0xff));
}
