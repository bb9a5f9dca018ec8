import type { SessionKeys } from '../../../../standards/access/session-keys';
import { encodeCommand } from '../../../../standards/apdu/command';
import { encodeResponse } from '../../../../standards/apdu/response';
import { encodeHex } from '../../../../standards/bytes/hex';
import { NotComputable } from '../not-computable';
import { SECURE_MESSAGING } from '../topics/secure-messaging';
import type { Candidate } from './recording';
import type { ChannelTape, CommandTape } from './tape';

/** Keys of a session as vector files have them. */
export function keyInputs(keys: SessionKeys, counter: 'ssc' | 'ssc_before') {
  return {
    alg: keys.cipher,
    ks_enc: encodeHex(keys.encryptionKey),
    ks_mac: encodeHex(keys.macKey),
    [counter === 'ssc' ? 'SSC' : counter]: encodeHex(keys.sendSequenceCounter),
  };
}

/**
 * A file that says nothing of the holder, read under secure messaging: each command and response
 * in plain and as it went over the wire.
 *
 * @throws NotComputable when the chip gave a response in parts.
 */
export function recordSession(
  keys: SessionKeys,
  wire: ChannelTape['exchanges'],
  plain: CommandTape['exchanges'],
): Candidate {
  if (wire.length !== plain.length) throw new NotComputable('the chip gives responses in parts');
  const steps = plain.map(({ command, response }, index) => ({
    plain_command: encodeHex(encodeCommand(command)),
    protected_command: encodeHex(wire[index]?.command ?? new Uint8Array()),
    protected_response: encodeHex(wire[index]?.response ?? new Uint8Array()),
    plain_response: encodeHex(encodeResponse(response)),
  }));
  return {
    topic: SECURE_MESSAGING,
    id: 'read-ef-com',
    real: { inputs: keyInputs(keys, 'ssc_before'), expected: { steps } },
    notes: 'The keys were of this session only.',
  };
}
