import type { CommandApdu } from '../apdu/command';
import { equalBytes } from '../bytes/compare';
import { appendMac } from './command-mac-input';
import type { Scp02Answer } from './initialize-update';
import {
  computeScp02CardCryptogram,
  computeScp02HostCryptogram,
  type Scp02Challenges,
  type Scp02SessionKeys,
} from './scp02-keys';
import { computeScp02CommandMac } from './scp02-mac';
import type { Scp02Options } from './scp02-options';
import { Scp02Session } from './scp02-session';
import { SecureChannelError } from './secure-channel-error';
import { parseSecurityLevel, type SecurityLevel } from './security-level';

export interface Scp02Opening {
  /** Derived where the static keys are kept, from the answer's sequence counter. */
  readonly keys: Scp02SessionKeys;
  readonly hostChallenge: Uint8Array;
  readonly answer: Scp02Answer;
  readonly options: Scp02Options;
  /** P1 of EXTERNAL AUTHENTICATE: 00, 01, 03, 10, 11 or 13. */
  readonly securityLevel: number;
}

export interface Scp02Opened {
  readonly externalAuthenticate: CommandApdu;
  readonly session: Scp02Session;
}

/**
 * Host: verifies the card cryptogram and opens the channel [GPC-C §E.5.2].
 *
 * @throws SecureChannelError `card-cryptogram`, `security-level`
 */
export function openScp02(opening: Scp02Opening): Scp02Opened {
  const { keys, hostChallenge, answer, options, securityLevel } = opening;
  const level = requireLevel(securityLevel, options);
  const { sequenceCounter, cardChallenge, cardCryptogram } = answer;
  const challenges = { hostChallenge, sequenceCounter, cardChallenge };
  if (!equalBytes(computeScp02CardCryptogram(keys, challenges), cardCryptogram)) {
    throw new SecureChannelError('card-cryptogram');
  }
  const command = {
    cla: 0x84,
    ins: 0x82,
    p1: securityLevel,
    p2: 0x00,
    data: computeScp02HostCryptogram(keys, challenges),
  };
  const mac = computeScp02CommandMac(command, { key: keys.mac, options });
  return {
    externalAuthenticate: appendMac(command, mac),
    session: new Scp02Session({ keys, options, level, chainingValue: mac }),
  };
}

export interface Scp02Acceptance {
  readonly keys: Scp02SessionKeys;
  readonly challenges: Scp02Challenges;
  readonly options: Scp02Options;
}

/**
 * Card: verifies EXTERNAL AUTHENTICATE and opens the channel [GPC-C §E.5.2].
 *
 * @throws SecureChannelError with `answerSw`
 */
export function acceptScp02(acceptance: Scp02Acceptance, command: CommandApdu): Scp02Session {
  const { keys, challenges, options } = acceptance;
  const { p1, data = new Uint8Array() } = command;
  const level = requireLevel(p1, options);
  if (data.length !== 16) throw new SecureChannelError('length');
  const cryptogram = data.subarray(0, 8);
  if (!equalBytes(computeScp02HostCryptogram(keys, challenges), cryptogram)) {
    throw new SecureChannelError('host-cryptogram');
  }
  const mac = computeScp02CommandMac({ ...command, data: cryptogram }, { key: keys.mac, options });
  if (!equalBytes(mac, data.subarray(8))) throw new SecureChannelError('mac-wrong');
  return new Scp02Session({ keys, options, level, chainingValue: mac });
}

function requireLevel(securityLevel: number, options: Scp02Options): SecurityLevel {
  const level = parseSecurityLevel(securityLevel, 'SCP02');
  if (level.rMac && !options.supportsRMac) throw new SecureChannelError('security-level');
  return level;
}
