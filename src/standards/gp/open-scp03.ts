import type { CommandApdu } from '../apdu/command';
import { equalBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { computeAesCmac } from '../crypto/aes-cmac';
import { appendMac, encodeMacInput } from './command-mac-input';
import type { Scp03Answer } from './initialize-update';
import {
  computeScp03CardCryptogram,
  computeScp03HostCryptogram,
  deriveScp03CardChallenge,
  type Scp03SessionKeys,
} from './scp03-keys';
import type { Scp03Options } from './scp03-options';
import { Scp03Session } from './scp03-session';
import { SecureChannelError } from './secure-channel-error';
import { parseSecurityLevel, type SecurityLevel } from './security-level';
import type { StaticKeys } from './static-keys';

/** What both sides derive the session keys from: host challenge ‖ card challenge [GPC-D §6.2.1]. */
export function scp03Context(hostChallenge: Uint8Array, cardChallenge: Uint8Array): Uint8Array {
  return concatBytes(hostChallenge, cardChallenge);
}

export interface Scp03Opening {
  /** Derived where the static keys are kept, from `scp03Context`. */
  readonly keys: Scp03SessionKeys;
  readonly hostChallenge: Uint8Array;
  readonly answer: Scp03Answer;
  /** P1 of EXTERNAL AUTHENTICATE: 00, 01, 03, 11, 13 or 33. */
  readonly securityLevel: number;
}

export interface Scp03Opened {
  /** To be sent as it is; the session counts from the card's 9000 to it. */
  readonly externalAuthenticate: CommandApdu;
  readonly session: Scp03Session;
}

/**
 * Host: verifies the card cryptogram and opens the channel [GPC-D §5.3, §7.1.2].
 *
 * @throws SecureChannelError `card-cryptogram` when the card has other keys, `security-level` when
 * it cannot do what is asked.
 */
export function openScp03(opening: Scp03Opening): Scp03Opened {
  const { keys, hostChallenge, answer, securityLevel } = opening;
  const { macBytes } = answer.options;
  const level = requireLevel(securityLevel, answer.options);
  const context = scp03Context(hostChallenge, answer.cardChallenge);
  const expected = computeScp03CardCryptogram(keys, context, macBytes);
  if (!equalBytes(expected, answer.cardCryptogram)) throw new SecureChannelError('card-cryptogram');
  const command = {
    cla: 0x84,
    ins: 0x82,
    p1: securityLevel,
    p2: 0x00,
    data: computeScp03HostCryptogram(keys, context, macBytes),
  };
  const chainingValue = firstMac(keys, command, macBytes);
  return {
    externalAuthenticate: appendMac(command, chainingValue.subarray(0, macBytes)),
    session: new Scp03Session({ keys, macBytes, level, chainingValue }),
  };
}

/**
 * Host: that a pseudo-random card challenge follows from its counter, so that an old answer is
 * recognized by its counter [GPC-D §6.2.2.1].
 *
 * @throws SecureChannelError `card-challenge`
 */
export function verifyScp03CardChallenge(
  keys: Pick<StaticKeys, 'encryption'>,
  answer: Scp03Answer,
  securityDomainAid: Uint8Array,
): void {
  const { sequenceCounter, options, cardChallenge } = answer;
  if (sequenceCounter === undefined) throw new SecureChannelError('card-challenge');
  const source = { sequenceCounter, securityDomainAid };
  const expected = deriveScp03CardChallenge(keys, source, options.macBytes);
  if (!equalBytes(expected, cardChallenge)) throw new SecureChannelError('card-challenge');
}

export interface Scp03Acceptance {
  readonly keys: Scp03SessionKeys;
  readonly hostChallenge: Uint8Array;
  readonly cardChallenge: Uint8Array;
  readonly options: Scp03Options;
}

/**
 * Card: verifies EXTERNAL AUTHENTICATE and opens the channel [GPC-D §5.3, §7.1.2].
 *
 * @throws SecureChannelError with `answerSw`
 */
export function acceptScp03(acceptance: Scp03Acceptance, command: CommandApdu): Scp03Session {
  const { keys, hostChallenge, cardChallenge, options } = acceptance;
  const { macBytes } = options;
  const { p1, data = new Uint8Array() } = command;
  const level = requireLevel(p1, options);
  if (data.length !== 2 * macBytes) throw new SecureChannelError('length');
  const cryptogram = data.subarray(0, macBytes);
  const context = scp03Context(hostChallenge, cardChallenge);
  if (!equalBytes(computeScp03HostCryptogram(keys, context, macBytes), cryptogram)) {
    throw new SecureChannelError('host-cryptogram');
  }
  const chainingValue = firstMac(keys, { ...command, data: cryptogram }, macBytes);
  if (!equalBytes(chainingValue.subarray(0, macBytes), data.subarray(macBytes))) {
    throw new SecureChannelError('mac-wrong');
  }
  return new Scp03Session({ keys, macBytes, level, chainingValue });
}

/** The MAC of EXTERNAL AUTHENTICATE chains to 16 zero bytes [GPC-D §6.2.3]. */
function firstMac(keys: Scp03SessionKeys, command: CommandApdu, macBytes: 8 | 16): Uint8Array {
  const input = concatBytes(new Uint8Array(16), encodeMacInput(command, macBytes));
  return computeAesCmac(keys.mac, input);
}

function requireLevel(securityLevel: number, options: Scp03Options): SecurityLevel {
  const level = parseSecurityLevel(securityLevel, 'SCP03');
  const impossible =
    (level.rMac && !options.supportsRMac) || (level.rEncryption && !options.supportsREncryption);
  if (impossible) throw new SecureChannelError('security-level');
  return level;
}
