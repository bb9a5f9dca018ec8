import { AccessError } from '../../../standards/access/access-error';
import { parseCvCertificateBody } from '../../../standards/access/terminal-authentication/cv-certificate';
import {
  findTrustedKey,
  importCvCertificate,
} from '../../../standards/access/terminal-authentication/cv-chain';
import { parseKeyReference } from '../../../standards/access/terminal-authentication/terminal-authentication-commands';
import {
  encodeTerminalProof,
  verifyTerminal,
} from '../../../standards/access/terminal-authentication/terminal-authentication';
import { SW } from '../../../standards/apdu/status-words';
import { concatBytes } from '../../../standards/bytes/concat';
import { refuse } from '../status-word-error';
import { type EmrtdCommand, type EmrtdContext, type EmrtdHandler, NO_DATA } from './emrtd-context';
import { keepTrust, readTrust } from './trust-memory';

/** MSE:Set DST and MSE:Set AT: the key that comes next, by its name [9303-11 §7.1.5.1]. */
export function setTrustReference(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { memory, session } = chip;
  // Terminal Authentication follows Chip Authentication [9303-11 §7.1].
  if (session.terminalKey === undefined) refuse(SW.conditionsNotSatisfied);
  session.trust ??= readTrust(memory);
  const reference = parseKeyReference(data);
  if (findTrustedKey(session.trust, reference) === undefined) refuse(SW.referenceDataNotFound);
  session.trustReference = reference;
  return NO_DATA;
}

/** PSO:Verify Certificate, perhaps in several commands of one chain [9303-11 §7.1.5.2]. */
export const verifyCertificate: EmrtdHandler = ({ memory, session }, command) => {
  if (command.p1 !== 0x00 || command.p2 !== 0xbe) refuse(SW.incorrectP1P2);
  if (session.trust === undefined || session.trustReference === undefined) {
    return refuse(SW.conditionsNotSatisfied);
  }
  const data = concatBytes(session.chained ?? NO_DATA, command.data);
  delete session.chained;
  if (command.isChained) {
    session.chained = data;
    return NO_DATA;
  }
  const certificate = parseCvCertificateBody(data);
  if (certificate.authorityReference !== session.trustReference) refuse(SW.authenticationFailed);
  try {
    session.trust = importCvCertificate(session.trust, certificate);
  } catch (error) {
    if (error instanceof AccessError) refuse(SW.authenticationFailed);
    throw error;
  }
  keepTrust(memory, session.trust, certificate);
  return NO_DATA;
};

/** EXTERNAL AUTHENTICATE under protection: the terminal's signature [9303-11 §7.1.5.5]. */
export function authenticateTerminal(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { channel, challenge, terminalKey, trust, trustReference } = chip.session;
  delete chip.session.challenge;
  if (
    channel === undefined ||
    challenge === undefined ||
    terminalKey === undefined ||
    trust === undefined ||
    trustReference === undefined
  ) {
    return refuse(SW.conditionsNotSatisfied);
  }
  const key = findTrustedKey(trust, trustReference) ?? refuse(SW.referenceDataNotFound);
  const message = encodeTerminalProof({
    chipIdentifier: channel.chipIdentifier,
    challenge,
    compressedPublicKey: terminalKey,
  });
  chip.session.rights = verifyTerminal(key, message, data) ?? refuse(SW.authenticationFailed);
  return NO_DATA;
}
