import {
  encodeInitializeUpdateAnswer,
  type Scp02Answer,
  type Scp03Answer,
} from './initialize-update';
import { type Scp03Acceptance, scp03Context } from './open-scp03';
import { computeScp03CardCryptogram, deriveScp03SessionKeys } from './scp03-keys';
import type { Scp03Options } from './scp03-options';
import type { Scp02Acceptance } from './open-scp02';
import { computeScp02CardCryptogram, deriveScp02SessionKeys } from './scp02-keys';
import { parseScp02Options } from './scp02-options';
import { SecureChannelError } from './secure-channel-error';
import type { StaticKeys } from './static-keys';

interface CardSide {
  readonly keys: StaticKeys;
  readonly keyVersion: number;
  /** 10 bytes. */
  readonly diversificationData: Uint8Array;
  readonly hostChallenge: Uint8Array;
  /** Random, or derived by `deriveScp03CardChallenge` or `deriveScp02CardChallenge`. */
  readonly cardChallenge: Uint8Array;
}

export interface Scp03CardSide extends CardSide {
  readonly options: Scp03Options;
  /** 3 bytes; sent with a pseudo-random card challenge only. */
  readonly sequenceCounter?: Uint8Array;
}

/**
 * Card: the answer to INITIALIZE UPDATE, and what `acceptScp03` needs next [GPC-D §7.1.1].
 *
 * @throws SecureChannelError `length` when the challenges have not the length of the mode.
 */
export function answerScp03InitializeUpdate(side: Scp03CardSide): {
  readonly data: Uint8Array;
  readonly acceptance: Scp03Acceptance;
} {
  const { keys, options, hostChallenge, cardChallenge, sequenceCounter } = side;
  const { macBytes, pseudoRandomChallenge } = options;
  if (hostChallenge.length !== macBytes || cardChallenge.length !== macBytes) {
    throw new SecureChannelError('length');
  }
  const context = scp03Context(hostChallenge, cardChallenge);
  const sessionKeys = deriveScp03SessionKeys(keys, context);
  const answer: Scp03Answer = {
    protocol: 'SCP03',
    diversificationData: side.diversificationData,
    keyVersion: side.keyVersion,
    options,
    cardChallenge,
    cardCryptogram: computeScp03CardCryptogram(sessionKeys, context, macBytes),
    ...(pseudoRandomChallenge && sequenceCounter !== undefined ? { sequenceCounter } : {}),
  };
  return {
    data: encodeInitializeUpdateAnswer(answer),
    acceptance: { keys: sessionKeys, hostChallenge, cardChallenge, options },
  };
}

export interface Scp02CardSide extends CardSide {
  /** The parameter i. */
  readonly i: number;
  /** 2 bytes. */
  readonly sequenceCounter: Uint8Array;
}

/**
 * Card: the answer to INITIALIZE UPDATE, and what `acceptScp02` needs next [GPC-C §E.5.1].
 *
 * @throws SecureChannelError `length`, `unsupported-options`
 */
export function answerScp02InitializeUpdate(side: Scp02CardSide): {
  readonly data: Uint8Array;
  readonly acceptance: Scp02Acceptance;
} {
  const { sequenceCounter, hostChallenge, cardChallenge } = side;
  if (hostChallenge.length !== 8 || cardChallenge.length !== 6) {
    throw new SecureChannelError('length');
  }
  const options = parseScp02Options(side.i);
  const keys = deriveScp02SessionKeys(side.keys, sequenceCounter);
  const challenges = { hostChallenge, sequenceCounter, cardChallenge };
  const answer: Scp02Answer = {
    protocol: 'SCP02',
    diversificationData: side.diversificationData,
    keyVersion: side.keyVersion,
    sequenceCounter,
    cardChallenge,
    cardCryptogram: computeScp02CardCryptogram(keys, challenges),
  };
  return {
    data: encodeInitializeUpdateAnswer(answer),
    acceptance: { keys, challenges, options },
  };
}
