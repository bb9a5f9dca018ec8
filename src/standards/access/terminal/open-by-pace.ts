import { derivePrivateKey, privateKeyRandomBytes } from '../../crypto/agreement-group';
import { AccessError } from '../access-error';
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
import { type ApduChannel, PlainChannel, type RandomBytes } from './apdu-channel';
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
 * @throws AccessError `wrong-secret` when the chip does not accept the password, `wrong-proof`
 * when it cannot prove that it knows it, `blocked` when the password is, `refused` otherwise.
 */
export async function openByPace(
  channel: ApduChannel,
  input: OpenByPaceInput,
): Promise<OpenedByPace> {
  const { protocol } = input.offer;
  const plain = new PlainChannel(channel);
  const terminal = new PaceTerminal({
    protocol,
    passwordKey: derivePacePasswordKey(protocol.algorithm.cipher, input.password),
    mappingSecret: mappingSecret(protocol, input.random),
    agreementPrivateKey: freshPrivateKey(protocol, input.random),
  });
  await selectPace(plain, input);
  const exchange = async (step: string, data: Uint8Array, last = false): Promise<Uint8Array> => {
    const response = await plain.send(buildGeneralAuthenticate(data, { last }));
    return expectOk(`PACE, ${step}`, response, last).data;
  };
  const nonce = await exchange('encrypted nonce', terminal.requestNonce());
  const mapped = await exchange('map nonce', terminal.mapNonce(nonce));
  const agreed = await exchange('key agreement', terminal.agreeOnKey(mapped));
  const proof = await exchange('mutual authentication', terminal.authenticate(agreed), true);
  const result = terminal.finish(proof);
  return { channel: new SecureChannel(channel, result.session), result };
}

async function selectPace(plain: PlainChannel, input: OpenByPaceInput): Promise<void> {
  const { protocol, ambiguous } = input.offer;
  const command = buildPaceSelect({
    oid: protocol.algorithm.oid,
    passwordReference: PACE_PASSWORD_REFERENCES[input.password.kind],
    ...(ambiguous ? { parameterId: protocol.parameterId } : {}),
    ...(input.authorizationTemplate === undefined
      ? {}
      : { authorizationTemplate: input.authorizationTemplate }),
  });
  const response = await plain.send(command);
  // 63Cx with tries left is a warning: the password is selected [TR-03110-3 §B.11.1].
  const triesLeft = (response.sw & 0xfff0) === 0x63c0 ? response.sw & 0x0f : undefined;
  if (triesLeft === 0) {
    throw new AccessError('PACE, select', 'blocked', 'no tries are left', { sw: response.sw });
  }
  if (triesLeft === undefined) expectOk('PACE, select', response);
}

function mappingSecret(protocol: PaceProtocol, random: RandomBytes): Uint8Array {
  return protocol.algorithm.mapping === 'IM'
    ? random.bytes(paceTerminalNonceBytes(protocol.algorithm.cipher))
    : freshPrivateKey(protocol, random);
}

function freshPrivateKey({ group }: PaceProtocol, random: RandomBytes): Uint8Array {
  return derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
}
