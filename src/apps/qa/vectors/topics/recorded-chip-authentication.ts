import { runChipAuthentication } from '../../../../standards/access/chip-authentication/chip-authentication-session';
import {
  type ChipAuthenticationOffer,
  listChipAuthenticationOffers,
} from '../../../../standards/access/chip-authentication/chip-authentication-protocol';
import { SecureMessaging } from '../../../../standards/access/secure-messaging/secure-messaging';
import { encodeCommand, parseCommand } from '../../../../standards/apdu/command';
import { encodeResponse, parseResponse } from '../../../../standards/apdu/response';
import { concatBytes } from '../../../../standards/bytes/concat';
import { encodeHex } from '../../../../standards/bytes/hex';
import { agreeOnElement } from '../../../../standards/crypto/agreement-group';
import { parseDg14 } from '../../../../standards/lds/dg14';
import { Inputs } from '../inputs';
import { callCipher } from '../named-algorithms';
import { callGroup } from '../named-groups';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { type Figures, hexFigure, once } from '../topic';
import type { VectorEntry } from '../vector-file';
import { sessionKeysOf } from './session-keys';

const SM_CLASS = 0x0c;
const GENERAL_AUTHENTICATE = 0x86;
const SET_KEY_AGREEMENT = [0x22, 0x41, 0xa6];

/** A session as a chip and a terminal really had it, with Chip Authentication in its midst. */
export function isRecordedChipAuthentication(entry: VectorEntry): boolean {
  return Inputs.of(entry).has('sm_before');
}

/** Figures of such a session, followed on both sides. */
export function recordedFigures(entry: VectorEntry): Figures {
  const inputs = Inputs.of(entry);
  const offer = once(() => offerOf(inputs));
  const run = once(() => runChipAuthentication(offer(), inputs.hex('terminal_eph_priv')));
  return {
    curve: (expected) => callGroup(offer().group, expected),
    cipher: (expected) => callCipher(offer().algorithm.cipher, expected),
    chip_static_pub: hexFigure(() => offer().publicKey),
    terminal_eph_pub: hexFigure(() => run().publicKey),
    shared_secret_x: hexFigure(() => {
      const { group, publicKey } = offer();
      return group.sharedSecret(agreeOnElement(group, inputs.hex('terminal_eph_priv'), publicKey));
    }),
    KS_enc: hexFigure(() => run().session.encryptionKey),
    KS_mac: hexFigure(() => run().session.macKey),
    new_ssc: hexFigure(() => run().session.sendSequenceCounter),
    plain_command_header_and_data: () => followSession(inputs, run().session),
  };
}

/** Follows the session to its end. @throws a refusal of either side */
export function acceptRecordedSession(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const { session } = runChipAuthentication(offerOf(inputs), inputs.hex('terminal_eph_priv'));
  followSession(inputs, session);
}

function offerOf(inputs: Inputs): ChipAuthenticationOffer {
  const [offer] = listChipAuthenticationOffers(parseDg14(inputs.hex('dg14')));
  if (offer === undefined) throw new NotComputable('DG14 has no chip authentication key');
  return offer;
}

/** The new keys hold from the command after the one with which Chip Authentication ends. */
function followSession(
  inputs: Inputs,
  session: ReturnType<typeof runChipAuthentication>['session'],
): readonly string[] {
  const before = sessionKeysOf(inputs.object('sm_before'));
  let chip = new SecureMessaging(before);
  let terminal = new SecureMessaging(before);
  return inputs.objects('exchanges').map((exchange) => {
    const sent = exchange.hex('command');
    const command = chip.unwrapCommand(parseCommand(sent));
    requireSame(
      sent,
      encodeCommand(terminal.wrapCommand(command)),
      'the terminal wraps another command',
    );
    const answered = exchange.hex('response');
    const answer = terminal.unwrapResponse(parseResponse(answered));
    requireSame(
      answered,
      encodeResponse(chip.wrapResponse(answer)),
      'the chip wraps another response',
    );
    const { ins, p1, p2, data = new Uint8Array() } = command;
    const isKeyAgreement = SET_KEY_AGREEMENT.every((byte, at) => [ins, p1, p2][at] === byte);
    if (ins === GENERAL_AUTHENTICATE || isKeyAgreement) {
      chip = new SecureMessaging(session);
      terminal = new SecureMessaging(session);
    }
    return encodeHex(concatBytes(Uint8Array.of(SM_CLASS, ins, p1, p2), data));
  });
}

function requireSame(expected: Uint8Array, got: Uint8Array, words: string): void {
  if (encodeHex(expected) !== encodeHex(got)) throw new Refused('structure', words);
}
