import type { CommandApdu } from '../../apdu/command';
import { SW } from '../../apdu/status-words';
import { encodeMinimalUint } from '../../bytes/integer';
import { MalformedError } from '../../bytes/malformed';
import { encodeTlv, encodeTlvLength, parseOnlyTlv } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import type { CommandChannel } from './apdu-channel';

/** The last offset that P1 and P2 can hold [9303-10 §3.6.3.1]. */
const MAX_SHORT_OFFSET = 0x7fff;

/**
 * READ BINARY at an offset of the current file. Beyond 32,767 the odd instruction carries the
 * offset in DO 54 and the data comes back in DO 53, whose header counts towards Le
 * [9303-10 §3.6.3, §3.6.6].
 */
export function buildReadBinary(offset: number, lengthBytes: number): CommandApdu {
  if (offset <= MAX_SHORT_OFFSET) {
    return { cla: 0x00, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: lengthBytes };
  }
  const data = encodeTlv(0x54, encodeMinimalUint(offset));
  const le = 1 + encodeTlvLength(lengthBytes).length + lengthBytes;
  return { cla: 0x00, ins: 0xb1, p1: 0x00, p2: 0x00, data, le };
}

/**
 * Up to `lengthBytes` bytes of the current file, at least one. A chip may give fewer, or say
 * with 6Cxx how many there are; it is then asked once more [9303-10 §3.6.3, ISO 7816-4 §5.6].
 *
 * @throws AccessError `refused` with the status word, `protocol` when nothing comes.
 */
export async function readBinary(
  channel: CommandChannel,
  offset: number,
  lengthBytes: number,
): Promise<Uint8Array> {
  const step = 'read binary';
  let response = await channel.send(buildReadBinary(offset, lengthBytes));
  if (response.sw >> 8 === 0x6c) {
    const available = response.sw & 0xff || 0x100;
    if (available < lengthBytes) {
      response = await channel.send(buildReadBinary(offset, available));
    }
  }
  // 6282 says that the file ends here; what was read before its end is good.
  if (response.sw !== SW.ok && response.sw !== SW.endOfFile) {
    throw AccessError.fromStatusWord(step, response.sw);
  }
  const data = offset <= MAX_SHORT_OFFSET ? response.data : unwrapOdd(response.data, step);
  if (data.length === 0 || data.length > lengthBytes) {
    throw new AccessError(step, 'protocol', `${data.length} bytes came for ${lengthBytes}`);
  }
  return data;
}

function unwrapOdd(data: Uint8Array, step: string): Uint8Array {
  try {
    return parseOnlyTlv(data, 0x53, step);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new AccessError(step, 'protocol', error.message, { cause: error });
  }
}
