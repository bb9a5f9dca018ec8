import { type CommandApdu, encodeCommand, parseCommand } from '../../apdu/command';
import { encodeResponse, parseResponse } from '../../apdu/response';
import { concatBytes } from '../../bytes/concat';
import { decodeHex, encodeHex } from '../../bytes/hex';
import { padIso } from '../../crypto/iso-padding';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import { findTlv, parseTlvs } from '../../tlv/tlv';
import { SecureMessaging } from '../secure-messaging/secure-messaging';
import { incrementCounter } from '../secure-messaging/send-sequence-counter';
import type { SessionKeys } from '../session-keys';
import { hexInput, type Recomputed, textInput, type VectorEntry } from './vector-entry';

interface Step {
  readonly step: string;
  readonly plain_command?: string;
  readonly cla_ins_p1_p2?: string;
  readonly data?: string;
  readonly le?: number | null;
  readonly plain_response: string;
  readonly protected_response: string;
}

/**
 * Sessions of the topic Secure Messaging and of BAC: each step is wrapped and unwrapped by both
 * sides, so that a figure is right for terminal and chip alike [9303-11 §9.8].
 */
export function recomputeSecureMessaging(entry: VectorEntry): Recomputed {
  const keys = sessionKeysOf(entry);
  const steps = entry.expected['steps'] as readonly Step[] | undefined;
  if (steps === undefined) return recomputeOneCommand(entry, keys);
  const terminal = new SecureMessaging(keys);
  const chip = new SecureMessaging(keys);
  const computed = steps.map((step) => recomputeStep(step, { terminal, chip, keys }));
  return {
    steps: computed,
    ef_com: computed
      .slice(1)
      .map(({ plain_response }) => plain_response.slice(0, -4))
      .join(''),
  };
}

function recomputeStep(
  step: Step,
  session: { terminal: SecureMessaging; chip: SecureMessaging; keys: SessionKeys },
) {
  const { terminal, chip, keys } = session;
  const command = commandOf(step);
  const wrapped = terminal.wrapCommand(command);
  const ssc = terminal.sendSequenceCounter;
  if (encodeHex(encodeCommand(chip.unwrapCommand(wrapped))) !== encodeHex(encodeCommand(command))) {
    throw new Error(`${step.step}: the chip unwraps another command`);
  }
  const answered = chip.wrapResponse(parseResponse(decodeHex(step.plain_response)));
  const received = terminal.unwrapResponse(parseResponse(decodeHex(step.protected_response)));
  const mac = findTlv(parseTlvs(wrapped.data ?? new Uint8Array(), 'protected command'), 0x8e);
  const { blockBytes } = SESSION_CIPHERS[keys.cipher];
  const header = Uint8Array.of(wrapped.cla, wrapped.ins, wrapped.p1, wrapped.p2);
  const objects = (wrapped.data ?? new Uint8Array()).subarray(0, -10);
  return {
    ...step,
    protected_command: encodeHex(encodeCommand(wrapped)),
    protected_response: encodeHex(encodeResponse(answered)),
    plain_response: encodeHex(encodeResponse(received)),
    ssc: encodeHex(ssc),
    mac_input: encodeHex(
      concatBytes(ssc, padIso(concatBytes(padIso(header, blockBytes), objects), blockBytes)),
    ),
    cc: encodeHex(mac ?? new Uint8Array()),
  };
}

function recomputeOneCommand(entry: VectorEntry, keys: SessionKeys): Recomputed {
  const terminal = new SecureMessaging(keys);
  const wrapped = terminal.wrapCommand(parseCommand(hexInput(entry, 'plain_command')));
  const iv = SESSION_CIPHERS[keys.cipher].deriveIv(
    keys.encryptionKey,
    incrementCounter(keys.sendSequenceCounter),
  );
  return { protected_command: encodeHex(encodeCommand(wrapped)), iv_for_ssc3: encodeHex(iv) };
}

function commandOf(step: Step): CommandApdu {
  if (step.plain_command !== undefined) return parseCommand(decodeHex(step.plain_command));
  const header = parseCommand(decodeHex(step.cla_ins_p1_p2 ?? ''));
  const data = decodeHex(step.data ?? '');
  return {
    ...header,
    ...(data.length === 0 ? {} : { data }),
    ...(typeof step.le === 'number' ? { le: step.le } : {}),
  };
}

function sessionKeysOf(entry: VectorEntry): SessionKeys {
  const bac = 'KS_enc' in entry.inputs;
  return {
    cipher: bac ? '3DES' : (textInput(entry, 'alg') as SessionCipherName),
    encryptionKey: hexInput(entry, bac ? 'KS_enc' : 'ks_enc'),
    macKey: hexInput(entry, bac ? 'KS_mac' : 'ks_mac'),
    sendSequenceCounter: hexInput(entry, bac ? 'SSC' : 'ssc_before'),
  };
}
