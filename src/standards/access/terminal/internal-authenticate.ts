import type { CommandApdu } from '../../apdu/command';
import type { CommandChannel } from './apdu-channel';
import { expectOk } from './expect-ok';

const CHALLENGE_BYTES = 8;

/** INTERNAL AUTHENTICATE with a challenge of 8 bytes [9303-11 §6.1.3]. */
export function buildInternalAuthenticate(challenge: Uint8Array, le = 0x100): CommandApdu {
  if (challenge.length !== CHALLENGE_BYTES) throw new RangeError('a challenge has 8 bytes');
  return { cla: 0x00, ins: 0x88, p1: 0x00, p2: 0x00, data: challenge, le };
}

/**
 * The chip's signature over the challenge. Keys above 1,792 bits need an extended `le`
 * [9303-11 §6.1.4].
 *
 * @throws AccessError `refused`
 */
export async function requestActiveAuthentication(
  channel: CommandChannel,
  challenge: Uint8Array,
  le?: number,
): Promise<Uint8Array> {
  const command = buildInternalAuthenticate(challenge, le);
  return expectOk('active authentication', await channel.send(command)).data;
}
