import { derivePrivateKey, privateKeyRandomBytes } from '../../crypto/agreement-group';
import { AccessError, triesLeftOf } from '../access-error';
import { buildGeneralAuthenticate } from '../general-authenticate';
import { buildPaceSelect } from '../pace/pace-objects';
import { paceTerminalNonceBytes } from '../pace/pace-nonce';
import {
  derivePacePasswordKey,
  PACE_PASSWORD_REFERENCES,
  type PacePassword,
} from '../pace/pace-password';
import type { PaceOffer, PaceProtocol } from '../pace/pace-protocol';
import { PaceTerminal, type PaceTerminalResult } from '../pace/pace-terminal';
import {
  type ApduChannel,
  type CommandChannel,
  PlainChannel,
  type RandomBytes,
} from './apdu-channel';
import { expectOk } from './expect-ok';
import { SecureChannel } from './secure-channel';

export interface OpenByPaceInput {
  /** One of `listPaceOffers`. */
  readonly offer: PaceOffer;
  readonly password: PacePassword;
  readonly random: RandomBytes;
  /** `7F4C …` when Terminal Authentication will follow [9303-11 §4.4.4.1]. */
  readonly authorizationTemplate?: Uint8Array;
}

export interface OpenedByPace {
  readonly channel: SecureChannel;
  readonly result: PaceTerminalResult;
}

/**
 * Runs PACE in the master file, or in the application where the chip has it there
 * [9303-11 §4.4].
 *
 * @throws AccessError `wrong-secret` when the chip does not accept the password, with the tries that
 * are left where it tells them, `wrong-proof` when it cannot prove that it knows it, `suspended` and
 * `blocked` when the password is, `refused` otherwise.
 */
export async function openByPace(
  channel: ApduChannel,
  input: OpenByPaceInput,
): Promise<OpenedByPace> {
  const result = await runPaceSteps(new PlainChannel(channel), input);
  return { channel: new SecureChannel(channel, result.session), result };
}

/**
 * Uses the last try of a suspended PIN: PACE with the CAN, and inside its channel PACE with the PIN
 * [TR-03110-2].
 *
 * @throws AccessError as `openByPace` does.
 */
export async function resumeByPace(
  channel: ApduChannel,
  { can, ...input }: OpenByPaceInput & { readonly can: string },
): Promise<OpenedByPace> {
  const password: PacePassword = { kind: 'CAN', digits: can };
  const opened = await openByPace(channel, { ...input, password });
  const result = await runPaceSteps(opened.channel, input, { resumed: true });
  opened.channel.restart(result.session);
  return { channel: opened.channel, result };
}

async function runPaceSteps(
  channel: CommandChannel,
  input: OpenByPaceInput,
  { resumed = false } = {},
): Promise<PaceTerminalResult> {
  const { protocol } = input.offer;
  const terminal = new PaceTerminal({
    protocol,
    passwordKey: derivePacePasswordKey(protocol.algorithm.cipher, input.password),
    mappingSecret: mappingSecret(protocol, input.random),
    agreementPrivateKey: freshPrivateKey(protocol, input.random),
  });
  await selectPace(channel, input, resumed);
  const exchange = async (step: string, data: Uint8Array, last = false): Promise<Uint8Array> => {
    const response = await channel.send(buildGeneralAuthenticate(data, { last }));
    return expectOk(`PACE, ${step}`, response, last).data;
  };
  const nonce = await exchange('encrypted nonce', terminal.requestNonce());
  const mapped = await exchange('map nonce', terminal.mapNonce(nonce));
  const agreed = await exchange('key agreement', terminal.agreeOnKey(mapped));
  const proof = await exchange('mutual authentication', terminal.authenticate(agreed), true);
  return terminal.finish(proof);
}

async function selectPace(
  channel: CommandChannel,
  input: OpenByPaceInput,
  resumed: boolean,
): Promise<void> {
  const { protocol, ambiguous } = input.offer;
  const command = buildPaceSelect({
    oid: protocol.algorithm.oid,
    passwordReference: PACE_PASSWORD_REFERENCES[input.password.kind],
    ...(ambiguous ? { parameterId: protocol.parameterId } : {}),
    ...(input.authorizationTemplate === undefined
      ? {}
      : { authorizationTemplate: input.authorizationTemplate }),
  });
  const response = await channel.send(command);
  // 63Cx with tries left is a warning: the password is selected. A PIN with the last one is
  // suspended until the CAN was given [TR-03110-3 §B.11.1].
  const triesLeft = triesLeftOf(response.sw);
  if (triesLeft === undefined) expectOk('PACE, select', response);
  else if (triesLeft === 0 || (triesLeft === 1 && input.password.kind === 'PIN' && !resumed)) {
    throw AccessError.forTriesLeft('PACE, select', triesLeft, response.sw);
  }
}

function mappingSecret(protocol: PaceProtocol, random: RandomBytes): Uint8Array {
  return protocol.algorithm.mapping === 'IM'
    ? random.bytes(paceTerminalNonceBytes(protocol.algorithm.cipher))
    : freshPrivateKey(protocol, random);
}

function freshPrivateKey({ group }: PaceProtocol, random: RandomBytes): Uint8Array {
  return derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
}
