import type { CommandApdu } from '../../../../standards/apdu/command';
import { encodeCommand, parseCommand } from '../../../../standards/apdu/command';
import type { ResponseApdu } from '../../../../standards/apdu/response';
import {
  answerScp02InitializeUpdate,
  answerScp03InitializeUpdate,
} from '../../../../standards/gp/answer-initialize-update';
import {
  buildInitializeUpdate,
  type InitializeUpdateAnswer,
  parseInitializeUpdateAnswer,
  type Scp02Answer,
  type Scp03Answer,
} from '../../../../standards/gp/initialize-update';
import { openScp02, acceptScp02 } from '../../../../standards/gp/open-scp02';
import { acceptScp03, openScp03, scp03Context } from '../../../../standards/gp/open-scp03';
import {
  computeScp02CardCryptogram,
  deriveScp02CardChallenge,
  deriveScp02SessionKeys,
} from '../../../../standards/gp/scp02-keys';
import { parseScp02Options } from '../../../../standards/gp/scp02-options';
import {
  computeScp03CardCryptogram,
  deriveScp03CardChallenge,
  deriveScp03SessionKeys,
} from '../../../../standards/gp/scp03-keys';
import { parseScp03Options, type Scp03Options } from '../../../../standards/gp/scp03-options';
import type { StaticKeys } from '../../../../standards/gp/static-keys';
import { Inputs } from '../inputs';
import { NotComputable } from '../not-computable';
import type { VectorEntry } from '../vector-file';

/** A channel of either protocol, from the side of host or card. */
export interface Channel {
  readonly wrapCommand: (command: CommandApdu) => CommandApdu;
  readonly unwrapCommand: (command: CommandApdu) => CommandApdu;
  readonly wrapResponse: (response: ResponseApdu) => ResponseApdu;
  readonly unwrapResponse: (response: ResponseApdu) => ResponseApdu;
}

/** Everything that opening one channel leads to, on both sides. */
export interface Handshake {
  readonly initializeUpdate: Uint8Array;
  readonly initializeUpdateResponse: Uint8Array;
  readonly answer: InitializeUpdateAnswer;
  readonly sessionKeys: Readonly<Record<string, Uint8Array>>;
  readonly cardChallenge: Uint8Array;
  readonly pseudoRandomChallenge: () => Uint8Array;
  readonly cardCryptogram: Uint8Array;
  readonly hostCryptogram: Uint8Array;
  readonly externalAuthenticate: CommandApdu;
  readonly macChainingValue: () => Uint8Array;
  readonly openSession: () => Channel;
  /** @throws SecureChannelError */
  readonly acceptOnCard: (externalAuthenticate: CommandApdu) => Channel;
}

/**
 * The opening of an entry's channel.
 *
 * @throws SecureChannelError when the cryptogram that the entry has from the card is wrong.
 */
export function handshakeOf(entry: VectorEntry): Handshake {
  const inputs = Inputs.of(entry);
  const given = inputs.optionalHex('initialize_update_response');
  const answer = given === undefined ? undefined : parseInitializeUpdateAnswer(stripStatus(given));
  const protocol = answer?.protocol ?? (isScp02(inputs, entry) ? 'SCP02' : 'SCP03');
  return protocol === 'SCP02'
    ? openWithScp02(entry, answer?.protocol === 'SCP02' ? answer : undefined)
    : openWithScp03(inputs, answer?.protocol === 'SCP03' ? answer : undefined);
}

function isScp02(inputs: Inputs, entry: VectorEntry): boolean {
  if (inputs.has('protocol', 'scp')) return /0?2$/.test(inputs.text('protocol', 'scp'));
  const counter = inputs.optionalHex('sequence_counter');
  return counter?.length === 2 || /scp02/i.test(entry.id);
}

function stripStatus(bytes: Uint8Array): Uint8Array {
  const known = [28, 29, 32, 45, 48];
  return known.includes(bytes.length) ? bytes : bytes.subarray(0, -2);
}

export function staticKeysOf(inputs: Inputs): StaticKeys {
  const encryption = inputs.hex('K_ENC');
  return {
    encryption,
    mac: inputs.optionalHex('K_MAC') ?? encryption,
    dataEncryption: inputs.optionalHex('K_DEK') ?? encryption,
  };
}

function hostChallengeOf(inputs: Inputs): Uint8Array {
  const given = inputs.optionalHex('host_challenge');
  if (given !== undefined) return given;
  return parseCommand(inputs.hex('initialize_update')).data ?? new Uint8Array();
}

/** The command of the entry, or one for the key version that it names. */
function initializeUpdateOf(inputs: Inputs, answer: InitializeUpdateAnswer): Uint8Array {
  const given = inputs.optionalHex('initialize_update');
  if (given !== undefined) return given;
  return encodeCommand(buildInitializeUpdate(answer.keyVersion, hostChallengeOf(inputs)));
}

function securityLevelOf(inputs: Inputs): number {
  return inputs.has('security_level') ? Number.parseInt(inputs.text('security_level'), 16) : 0x01;
}

function openWithScp03(inputs: Inputs, recorded: Scp03Answer | undefined): Handshake {
  const keys = staticKeysOf(inputs);
  const hostChallenge = hostChallengeOf(inputs);
  const options = recorded?.options ?? scp03OptionsOf(inputs, hostChallenge);
  const pseudoRandomChallenge = (): Uint8Array =>
    deriveScp03CardChallenge(
      keys,
      {
        sequenceCounter: recorded?.sequenceCounter ?? inputs.hex('sequence_counter'),
        securityDomainAid: inputs.hex('sd_aid'),
      },
      options.macBytes,
    );
  const cardChallenge =
    recorded?.cardChallenge ?? inputs.optionalHex('card_challenge') ?? pseudoRandomChallenge();
  const sequenceCounter = recorded?.sequenceCounter ?? inputs.optionalHex('sequence_counter');
  const card = answerScp03InitializeUpdate({
    keys,
    keyVersion:
      recorded?.keyVersion ?? (inputs.has('key_version') ? inputs.integer('key_version') : 0),
    diversificationData:
      recorded?.diversificationData ??
      inputs.optionalHex('diversification_data', 'kdd') ??
      new Uint8Array(10),
    hostChallenge,
    cardChallenge,
    options,
    ...(sequenceCounter === undefined ? {} : { sequenceCounter }),
  });
  const made = parseInitializeUpdateAnswer(card.data) as Scp03Answer;
  const answer = recorded ?? made;
  const context = scp03Context(hostChallenge, cardChallenge);
  const sessionKeys = deriveScp03SessionKeys(keys, context);
  const opening = {
    keys: sessionKeys,
    hostChallenge,
    answer: made,
    securityLevel: securityLevelOf(inputs),
  };
  const opened = openScp03(opening);
  return {
    initializeUpdate: initializeUpdateOf(inputs, answer),
    initializeUpdateResponse: card.data,
    answer,
    sessionKeys: {
      S_ENC: sessionKeys.encryption,
      S_MAC: sessionKeys.mac,
      S_RMAC: sessionKeys.rMac,
      S_DEK: keys.dataEncryption,
    },
    cardChallenge,
    pseudoRandomChallenge,
    cardCryptogram: computeScp03CardCryptogram(sessionKeys, context, options.macBytes),
    hostCryptogram: (opened.externalAuthenticate.data ?? new Uint8Array()).subarray(
      0,
      options.macBytes,
    ),
    externalAuthenticate: opened.externalAuthenticate,
    macChainingValue: () => opened.session.macChainingValue,
    openSession: () => openScp03({ ...opening, answer }).session,
    acceptOnCard: (command) => acceptScp03(card.acceptance, command),
  };
}

/** The parameter i, where the entry has it; the length of the challenge tells S8 from S16. */
function scp03OptionsOf(inputs: Inputs, hostChallenge: Uint8Array): Scp03Options {
  if (inputs.has('i_param', 'i'))
    return parseScp03Options(Number.parseInt(inputs.text('i_param', 'i'), 16));
  const s16 = hostChallenge.length === 16 ? 0x01 : 0x00;
  const pseudoRandom = inputs.has('sequence_counter') ? 0x10 : 0x00;
  return parseScp03Options(0x60 | s16 | pseudoRandom);
}

function openWithScp02(entry: VectorEntry, recorded: Scp02Answer | undefined): Handshake {
  const inputs = Inputs.of(entry);
  const keys = staticKeysOf(inputs);
  const hostChallenge = hostChallengeOf(inputs);
  const sequenceCounter = recorded?.sequenceCounter ?? inputs.hex('sequence_counter', 'sequence');
  const sessionKeys = deriveScp02SessionKeys(keys, sequenceCounter);
  const pseudoRandomChallenge = (): Uint8Array =>
    deriveScp02CardChallenge(sessionKeys, inputs.hex('sd_aid'));
  const cardChallenge =
    recorded?.cardChallenge ?? inputs.optionalHex('card_challenge') ?? pseudoRandomChallenge();
  const i = scp02ParameterOf(inputs, entry);
  const card = answerScp02InitializeUpdate({
    keys,
    keyVersion:
      recorded?.keyVersion ?? (inputs.has('key_version') ? inputs.integer('key_version') : 0),
    diversificationData: recorded?.diversificationData ?? new Uint8Array(10),
    hostChallenge,
    cardChallenge,
    sequenceCounter,
    i,
  });
  const made = parseInitializeUpdateAnswer(card.data) as Scp02Answer;
  const answer = recorded ?? made;
  const options = parseScp02Options(i);
  const opening = {
    keys: sessionKeys,
    hostChallenge,
    answer: made,
    options,
    securityLevel: securityLevelOf(inputs),
  };
  const { externalAuthenticate } = openScp02(opening);
  const challenges = { hostChallenge, sequenceCounter, cardChallenge };
  return {
    initializeUpdate: initializeUpdateOf(inputs, answer),
    initializeUpdateResponse: card.data,
    answer,
    sessionKeys: {
      S_ENC: sessionKeys.encryption,
      S_MAC: sessionKeys.mac,
      S_RMAC: sessionKeys.rMac,
      S_DEK: sessionKeys.dataEncryption,
    },
    cardChallenge,
    pseudoRandomChallenge,
    cardCryptogram: computeScp02CardCryptogram(sessionKeys, challenges),
    hostCryptogram: (externalAuthenticate.data ?? new Uint8Array()).subarray(0, 8),
    externalAuthenticate,
    macChainingValue: () => {
      throw new NotComputable('SCP02 chains the MAC that it sends');
    },
    openSession: () => openScp02({ ...opening, answer }).session,
    acceptOnCard: (command) => acceptScp02(card.acceptance, command),
  };
}

/** `scp02-i15-…` where the inputs do not name it; 15 is what nearly all stock has. */
function scp02ParameterOf(inputs: Inputs, entry: VectorEntry): number {
  if (inputs.has('i_param', 'i')) return Number.parseInt(inputs.text('i_param', 'i'), 16);
  const fromId = /-i([0-9a-f]{2})(?![0-9a-f])/i.exec(entry.id)?.[1];
  return Number.parseInt(fromId ?? '15', 16);
}
