import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { agreeOnElement, InvalidPublicKeyError } from '../../../standards/crypto/agreement-group';
import { ecGroup } from '../../../standards/crypto/ec-group';
import { deriveChannelKeys } from '../../../standards/crypto/key-derivation';
import { parseTlvs, type Tlv } from '../../../standards/tlv/tlv';
import { refuse } from '../status-word-error';
import {
  type AppletCommand,
  type AppletContext,
  type CommandHandler,
  NO_DATA,
} from './applet-context';
import { loadedCurve } from './chip-authentication-curve';
import { setPaceProtocol } from './pace-commands';

const SET_PACE = 0xc1a4;
const SET_KEY_AGREEMENT = 0x41a6;
const SET_VERIFICATION_KEYS: readonly number[] = [0x81b6, 0x81a4];
const DES_BLOCK_BYTES = 8;

/** MANAGE SECURITY ENVIRONMENT: starts PACE in plain, chip authentication inside a session. */
export const manageSecurityEnvironment: CommandHandler = (applet, command) => {
  const { memory, session, variant } = applet;
  const what = command.p1 * 0x100 + command.p2;
  if (variant.pace && what === SET_PACE) return setPaceProtocol(applet, command);
  if (!command.isProtected) refuse(SW.securityStatusNotSatisfied);
  // Chip and terminal authentication come together: without a trust anchor there is neither.
  const hasKeys = memory.value('ca.s') !== undefined && memory.value('cvca.body') !== undefined;
  if (!hasKeys) refuse(SW.instructionNotSupported);
  if (what === SET_KEY_AGREEMENT) return authenticateChip(applet, command);
  if (!SET_VERIFICATION_KEYS.includes(what)) refuse(SW.incorrectP1P2);
  if (session.chipAuthenticated !== true) refuse(SW.securityStatusNotSatisfied);
  return refuse(SW.referenceDataNotFound);
};

/**
 * MSE:Set KAT: agrees on new 3DES keys with the terminal's public key; they count from the next
 * command on [9303-11 §6.2.4.1]. After PACE the applet has no use for them.
 */
function authenticateChip(applet: AppletContext, { data }: AppletCommand): Uint8Array {
  const { memory, session } = applet;
  const [key, keyId, ...rest] = parseObjects(data);
  if (key?.tag !== 0x91 || (keyId !== undefined && keyId.tag !== 0x84) || rest.length > 0) {
    return refuse(SW.wrongData);
  }
  const curve = loadedCurve((part) => memory.value(`ca.${part}`));
  const privateKey = memory.value('ca.s');
  if (curve === undefined || privateKey === undefined || session.channel?.kind !== 'bac') {
    return refuse(SW.conditionsNotSatisfied);
  }
  try {
    const group = ecGroup(curve);
    const secret = group.sharedSecret(agreeOnElement(group, privateKey, key.value));
    session.nextMessaging = new SecureMessaging({
      ...deriveChannelKeys('3DES', secret),
      sendSequenceCounter: new Uint8Array(DES_BLOCK_BYTES),
    });
    session.chipAuthenticated = true;
    return NO_DATA;
  } catch (error) {
    if (error instanceof InvalidPublicKeyError) return refuse(SW.conditionsNotSatisfied);
    throw error;
  }
}

function parseObjects(data: Uint8Array): readonly Tlv[] {
  try {
    return parseTlvs(data, 'MSE');
  } catch (error) {
    if (error instanceof MalformedError) return refuse(SW.wrongLength);
    throw error;
  }
}
