import { type CommandApdu, encodeCommand } from '../../apdu/command';
import { encodeResponse } from '../../apdu/response';
import { concatBytes } from '../../bytes/concat';
import { decodeHex, encodeHex } from '../../bytes/hex';
import { TAG } from '../../asn1/tags';
import { encodeUint } from '../../bytes/integer';
import { parseSecurityInfos } from '../../lds/security-infos';
import { encodeTlv, requireTlv } from '../../tlv/tlv';
import { encodeAscii } from '../../bytes/text';
import { agreeOnElement, derivePublicKey } from '../../crypto/agreement-group';
import { digestBytes } from '../../crypto/digest-algorithms';
import { deriveKey } from '../../crypto/key-derivation';
import { padIso } from '../../crypto/iso-padding';
import { SESSION_CIPHERS } from '../../crypto/session-cipher';
import { AccessError } from '../access-error';
import { readChipAuthenticationKey } from '../chip-authentication/chip-authentication-protocol';
import {
  buildGeneralAuthenticate,
  encodeDynamicData,
  parseDynamicData,
} from '../general-authenticate';
import {
  chipAuthenticationIv,
  verifyChipAuthenticationData,
} from '../pace/chip-authentication-mapping';
import { PaceChip } from '../pace/pace-chip';
import { buildPaceSelect, PACE_TAG } from '../pace/pace-objects';
import { mapGeneric, mapIntegrated } from '../pace/pace-mapping';
import { derivePseudoRandom, derivePseudoRandomFieldElement } from '../pace/pace-nonce';
import { PACE_PASSWORD_REFERENCES, type PacePasswordKind } from '../pace/pace-password';
import { type PaceProtocol, resolvePaceProtocol } from '../pace/pace-protocol';
import { derivePaceSession } from '../pace/pace-session';
import { PaceTerminal, type PaceTerminalResult } from '../pace/pace-terminal';
import { computePaceToken, encodeTokenInput } from '../pace/pace-token';
import { incrementCounter } from '../secure-messaging/send-sequence-counter';
import type { SessionKeys } from '../session-keys';
import {
  hexInput,
  hexMembers,
  receivedInstead,
  type Recomputed,
  refusalOf,
  textInput,
  type VectorEntry,
} from './vector-entry';

/**
 * A positive entry of the topic PACE: the run between PaceTerminal and PaceChip, and every figure
 * in between from the functions that they are made of [9303-11 §4.4].
 */
export function recomputePace(entry: VectorEntry): Recomputed {
  const protocol = protocolOf(entry);
  const secret = passwordSecret(entry);
  const passwordKey =
    secret === undefined
      ? hexInput(entry, 'K_pi')
      : deriveKey(protocol.algorithm.cipher, secret, 'password');
  if ('reject' in entry.expected) {
    const reason = refusalOf(() => runBothSides(entry, protocol, passwordKey));
    return reason === undefined ? {} : { reject: reason };
  }
  const run = runBothSides(entry, protocol, passwordKey);
  const { session } = run.result;
  return {
    ...hexMembers({
      ...(secret === undefined ? {} : { K: secret, K_encoded: secret }),
      K_pi: passwordKey,
    }),
    ...mappingMembers(entry, protocol, run.answers),
    ...agreementMembers(entry, protocol, run.answers),
    ...hexMembers({ ks_enc: session.encryptionKey, ks_mac: session.macKey }),
    ...chipAuthenticationMembers(run),
    ...secureMessagingMembers(entry, session),
    apdus: run.apdus,
  };
}

function protocolOf(entry: VectorEntry): PaceProtocol {
  const { oid, parameter_id: parameterId, pace_info: paceInfo } = entry.inputs;
  if (typeof oid === 'string' && typeof parameterId === 'number') {
    return resolvePaceProtocol({ oid, parameterId });
  }
  if (typeof paceInfo !== 'string') throw new Error(`${entry.id} names no protocol`);
  const [info] = parseSecurityInfos(encodeTlv(TAG.set, decodeHex(paceInfo)));
  if (info?.kind !== 'pace') throw new Error(`${entry.id} has no PACEInfo`);
  return resolvePaceProtocol(info);
}

/** Tags under which a negative entry replaces what the chip sent. */
const RECEIVED = {
  [PACE_TAG.encryptedNonce]: 'encrypted_nonce_z',
  [PACE_TAG.chipMapping]: 'chip_map_pub',
  [PACE_TAG.chipPublicKey]: 'chip_ka_pub',
  [PACE_TAG.chipToken]: 'T_IC',
  [PACE_TAG.encryptedChipAuthenticationData]: 'encrypted_chip_authentication_data',
} as const;

/** The answer of the chip, or what a negative entry says that came in its place. */
function replaceReceived(entry: VectorEntry, answer: Uint8Array): Uint8Array {
  const objects = parseDynamicData(answer, 'test').map(({ tag, value }) => {
    const member = (RECEIVED as Readonly<Record<number, string>>)[tag];
    const received = member === undefined ? undefined : receivedInstead(entry, member);
    return [tag, received ?? value] as const;
  });
  return encodeDynamicData(...objects);
}

interface Run {
  readonly answers: readonly Uint8Array[];
  readonly result: PaceTerminalResult;
  readonly apdus: readonly { step: string; command: string; response: string }[];
}

function runBothSides(entry: VectorEntry, protocol: PaceProtocol, passwordKey: Uint8Array): Run {
  const integrated = protocol.algorithm.mapping === 'IM';
  const terminal = new PaceTerminal({
    protocol,
    passwordKey,
    mappingSecret: hexInput(entry, integrated ? 'nonce_t' : 'terminal_map_priv'),
    agreementPrivateKey: hexInput(entry, 'terminal_ka_priv'),
  });
  const chip = new PaceChip({
    protocol,
    passwordKey,
    nonce: hexInput(entry, 'nonce_s'),
    mappingPrivateKey: integrated ? new Uint8Array() : hexInput(entry, 'chip_map_priv'),
    agreementPrivateKey: hexInput(entry, 'chip_ka_priv'),
    ...(protocol.algorithm.mapping === 'CAM' ? { staticPrivateKey: staticPrivateKey(entry) } : {}),
  });
  const select = buildPaceSelect({
    oid: protocol.algorithm.oid,
    passwordReference: passwordReference(entry),
  });
  const apdus = [{ step: 'MSE:Set AT', command: hexCommand(select), response: '9000' }];
  const answers: Uint8Array[] = [];
  const exchange = (step: string, data: Uint8Array): Uint8Array => {
    const command = buildGeneralAuthenticate(data, { last: chip.atLastStep });
    const answer = replaceReceived(entry, chip.answer(data));
    answers.push(data, answer);
    const response = encodeHex(encodeResponse({ data: answer, sw: 0x9000 }));
    apdus.push({ step, command: hexCommand(command), response });
    return answer;
  };
  const nonce = exchange('GA get nonce', terminal.requestNonce());
  const mapped = exchange('GA map', terminal.mapNonce(nonce));
  const agreed = exchange('GA key agreement', terminal.agreeOnKey(mapped));
  const result = terminal.finish(exchange('GA mutual auth', terminal.authenticate(agreed)));
  const proof = result.chipAuthentication;
  if (
    proof !== undefined &&
    !verifyChipAuthenticationData(protocol.group, proof, staticPublicKey(entry))
  ) {
    throw new AccessError('PACE', 'wrong-proof', 'the chip authentication data does not verify');
  }
  if (encodeHex(result.session.macKey) !== encodeHex(chip.result?.session.macKey ?? mapped)) {
    throw new Error(`${entry.id}: the two sides have other keys`);
  }
  return { answers, result, apdus };
}

function mappingMembers(
  entry: VectorEntry,
  protocol: PaceProtocol,
  answers: readonly Uint8Array[],
): Recomputed {
  const { group } = protocol;
  const nonce = hexInput(entry, 'nonce_s');
  const encrypted = { encrypted_nonce_z: onlyValue(answers[1]) };
  if (protocol.algorithm.mapping === 'IM') {
    const terminalNonce = hexInput(entry, 'nonce_t');
    const element = derivePseudoRandomFieldElement(protocol, nonce, terminalNonce);
    return hexMembers({
      ...encrypted,
      R_st: derivePseudoRandom(protocol, nonce, terminalNonce),
      Rp_st: encodeUint(element, group.fieldBytes),
      mapped_generator: mapIntegrated(protocol, nonce, terminalNonce),
    });
  }
  const terminalPrivateKey = hexInput(entry, 'terminal_map_priv');
  const chipPublicKey = derivePublicKey(group, hexInput(entry, 'chip_map_priv'));
  const shared = agreeOnElement(group, terminalPrivateKey, chipPublicKey);
  return hexMembers({
    ...encrypted,
    terminal_map_pub: derivePublicKey(group, terminalPrivateKey),
    chip_map_pub: chipPublicKey,
    shared_H: shared,
    shared_h: shared,
    mapped_generator: mapGeneric(group, nonce, shared),
  });
}

function agreementMembers(
  entry: VectorEntry,
  protocol: PaceProtocol,
  answers: readonly Uint8Array[],
): Recomputed {
  const { group, algorithm } = protocol;
  const terminalPublicKey = onlyValue(answers[4]);
  const chipPublicKey = onlyValue(answers[5]);
  const element = agreeOnElement(group, hexInput(entry, 'terminal_ka_priv'), chipPublicKey);
  const { macKey } = derivePaceSession(protocol, element);
  const secret = group.sharedSecret(element);
  return hexMembers({
    terminal_ka_pub: terminalPublicKey,
    chip_ka_pub: chipPublicKey,
    shared_secret: secret,
    shared_secret_x: secret,
    token_input_ifd: encodeTokenInput(algorithm.oid, group, chipPublicKey),
    token_input_ic: encodeTokenInput(algorithm.oid, group, terminalPublicKey),
    T_IFD: computePaceToken(protocol, macKey, chipPublicKey),
    T_IC: computePaceToken(protocol, macKey, terminalPublicKey),
  });
}

function chipAuthenticationMembers({ result, answers }: Run): Recomputed {
  const proof = result.chipAuthentication;
  if (proof === undefined) return {};
  const answer = parseDynamicData(answers[7] ?? new Uint8Array(), 'test');
  const tag = PACE_TAG.encryptedChipAuthenticationData;
  return hexMembers({
    iv_for_ca_data: chipAuthenticationIv(result.session),
    chip_authentication_data: proof.data,
    encrypted_chip_authentication_data: requireTlv(answer, tag, 'test'),
  });
}

/** Two figures of the openpace example, which goes on with secure messaging [9303-11 §9.8.7]. */
function secureMessagingMembers(entry: VectorEntry, session: SessionKeys): Recomputed {
  if (!('sm_encrypt_ssc1' in entry.expected)) return {};
  const printed = entry.expected as unknown as {
    readonly sm_encrypt_ssc1: { readonly plain: string };
    readonly sm_mac_ssc2: { readonly data: string };
  };
  const { encrypt, deriveIv, computeMessageMac, blockBytes } = SESSION_CIPHERS[session.cipher];
  const first = incrementCounter(session.sendSequenceCounter);
  const { plain } = printed.sm_encrypt_ssc1;
  const { data } = printed.sm_mac_ssc2;
  const iv = deriveIv(session.encryptionKey, first);
  const cipher = encrypt(session.encryptionKey, iv, padIso(decodeHex(plain), blockBytes));
  const counted = concatBytes(incrementCounter(first), decodeHex(data));
  const mac = computeMessageMac(session.macKey, counted);
  return {
    sm_encrypt_ssc1: { plain, cipher: encodeHex(cipher) },
    sm_mac_ssc2: { data, mac: encodeHex(mac) },
  };
}

/** The encoded password K; printed MRZ parts carry their check digits [9303-11 §9.7.3]. */
function passwordSecret(entry: VectorEntry): Uint8Array | undefined {
  if ('password' in entry.inputs) return encodeAscii(textInput(entry, 'password'));
  if (!('document_number_with_cd' in entry.inputs)) return undefined;
  const parts = ['document_number', 'date_of_birth', 'date_of_expiry'].map((part) =>
    textInput(entry, `${part}_with_cd`),
  );
  return digestBytes('sha1', encodeAscii(parts.join('')));
}

/** `PIN (same KDF as CAN)` is a PIN. */
function passwordReference(entry: VectorEntry): number {
  const kind = textInput(entry, 'password_type').slice(0, 3) as PacePasswordKind;
  return PACE_PASSWORD_REFERENCES[kind];
}

/** The static key of the chip, printed or worked out of the run. */
function staticPrivateKey(entry: VectorEntry): Uint8Array {
  const printed = 'chip_static_priv' in entry.inputs;
  return hexInput(entry, printed ? 'chip_static_priv' : 'chip_static_private_key_derived');
}

function staticPublicKey(entry: VectorEntry): Uint8Array {
  const member = ['chip_static_pub', 'chip_static_public_key'].find((name) => name in entry.inputs);
  if (member !== undefined) return hexInput(entry, member);
  const der = hexInput(entry, 'chip_authentication_public_key_info');
  const [info] = parseSecurityInfos(encodeTlv(TAG.set, der));
  if (info?.kind !== 'chip-authentication-public-key') throw new Error(`${entry.id} has no key`);
  return readChipAuthenticationKey(info.publicKey).publicKey;
}

/** The value of the only object inside dynamic authentication data. */
function onlyValue(data: Uint8Array | undefined): Uint8Array {
  return parseDynamicData(data ?? new Uint8Array(), 'test')[0]?.value ?? new Uint8Array();
}

function hexCommand(command: CommandApdu): string {
  return encodeHex(encodeCommand(command));
}
