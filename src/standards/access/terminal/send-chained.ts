import type { CommandApdu } from '../../apdu/command';
import type { ResponseApdu } from '../../apdu/response';
import { SW } from '../../apdu/status-words';
import type { CommandChannel } from './apdu-channel';

const CHAINING_BIT = 0x10;

/**
 * Sends a command whose data is longer than the chip takes at once as a chain of commands, each
 * protected by itself where the channel protects. The response is that of the last one, or of the
 * first that fails [ISO 7816-4 §5.3.3, 9303-10 §3.6].
 *
 * @param mostBytes of data in one command; 223 fits into a short command under AES
 */
export async function sendChained(
  channel: CommandChannel,
  command: CommandApdu,
  mostBytes: number,
): Promise<ResponseApdu> {
  if (mostBytes < 1) throw new RangeError('a chain needs at least one byte a command');
  const { cla, ins, p1, p2, data = new Uint8Array() } = command;
  let offset = 0;
  while (data.length - offset > mostBytes) {
    const part = data.subarray(offset, offset + mostBytes);
    const response = await channel.send({ cla: cla | CHAINING_BIT, ins, p1, p2, data: part });
    if (response.sw !== SW.ok) return response;
    offset += mostBytes;
  }
  return channel.send({ ...command, data: data.subarray(offset) });
}
