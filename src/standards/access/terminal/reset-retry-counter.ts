import type { CommandChannel } from './apdu-channel';
import { expectOk } from './expect-ok';
import { PACE_PASSWORD_REFERENCES } from '../pace/pace-password';

const INS = 0x2c;
const WITHOUT_DATA = 0x03;

/**
 * RESET RETRY COUNTER: gives the PIN its tries again, in a channel that PACE with the PUK has opened
 * [TR-03110-3 §B.11].
 *
 * @throws AccessError `blocked` when the PUK is used up, `refused` in another channel
 */
export async function unblockPin(channel: CommandChannel): Promise<void> {
  const header = { cla: 0x00, ins: INS, p1: WITHOUT_DATA, p2: PACE_PASSWORD_REFERENCES.PIN };
  expectOk('RESET RETRY COUNTER', await channel.send(header));
}
