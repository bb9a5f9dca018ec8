import { AccessError } from '../../../standards/access/access-error';
import { answerBacCryptogram } from '../../../standards/access/bac/bac-session';
import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import { SW } from '../../../standards/apdu/status-words';
import { encodeAscii } from '../../../standards/bytes/text';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { type ChannelKeys, deriveChannelKeys } from '../../../standards/crypto/key-derivation';
import { refuse } from '../status-word-error';
import type { CommandHandler } from './applet-context';
import { readMrzInformation } from './mrz-secret';

const CHALLENGE_BYTES = 8;
const CRYPTOGRAM_BYTES = 40;
const KEYING_BYTES = 16;

/** GET CHALLENGE: the first step of BAC; 8 bytes, no more and no less. */
export const getChallenge: CommandHandler = ({ memory, random, session }, command) => {
  const mayAuthenticate =
    !command.isProtected &&
    session.channel === undefined &&
    readMrzInformation(memory) !== undefined;
  // Inside a session the challenge belongs to terminal authentication.
  if (!mayAuthenticate) refuse(SW.securityStatusNotSatisfied);
  if (command.le !== CHALLENGE_BYTES) refuse(SW.wrongLength);
  session.challenge = random.bytes(CHALLENGE_BYTES);
  return session.challenge;
};

/** EXTERNAL AUTHENTICATE: BAC's mutual authentication; a wrong MRZ shows as a wrong MAC. */
export const externalAuthenticate: CommandHandler = ({ memory, random, session }, command) => {
  const { challenge } = session;
  const information = readMrzInformation(memory);
  if (
    command.isProtected ||
    challenge === undefined ||
    session.channel?.kind === 'bac' ||
    information === undefined
  ) {
    return refuse(SW.securityStatusNotSatisfied);
  }
  if (command.data.length !== CRYPTOGRAM_BYTES) refuse(SW.wrongLength);
  try {
    const { response, session: keys } = answerBacCryptogram(
      { keys: deriveBacKeys(information), rndIc: challenge, kIc: random.bytes(KEYING_BYTES) },
      command.data,
    );
    delete session.challenge;
    session.channel = { kind: 'bac', messaging: new SecureMessaging(keys) };
    return response;
  } catch (error) {
    if (error instanceof AccessError) return refuse(SW.securityStatusNotSatisfied);
    throw error;
  }
};

/** K_seed is the first half and more of SHA-1 over the MRZ information [9303-11 §9.7.2]. */
function deriveBacKeys(information: string): ChannelKeys {
  const seed = digestBytes('sha1', encodeAscii(information)).subarray(0, KEYING_BYTES);
  return deriveChannelKeys('3DES', seed);
}
