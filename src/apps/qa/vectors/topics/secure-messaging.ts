import { SecureMessaging } from '../../../../standards/access/secure-messaging/secure-messaging';
import { incrementCounter } from '../../../../standards/access/secure-messaging/send-sequence-counter';
import type { SessionKeys } from '../../../../standards/access/session-keys';
import { type CommandApdu, encodeCommand, parseCommand } from '../../../../standards/apdu/command';
import { encodeResponse, parseResponse } from '../../../../standards/apdu/response';
import { concatBytes } from '../../../../standards/bytes/concat';
import { encodeHex } from '../../../../standards/bytes/hex';
import { padIso } from '../../../../standards/crypto/iso-padding';
import { SESSION_CIPHERS } from '../../../../standards/crypto/session-cipher';
import { findTlv, parseTlvs } from '../../../../standards/tlv/tlv';
import { Inputs } from '../inputs';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { type Figures, once, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';
import {
  acceptRecordedSession,
  isRecordedChipAuthentication,
  recordedFigures,
} from './recorded-chip-authentication';
import { sessionKeysOf } from './session-keys';

const MAC_TAG = 0x8e;
const MAC_OBJECT_BYTES = 10;

/** Protected commands and responses, each followed on both sides. */
export const SECURE_MESSAGING: Topic = {
  name: 'Secure Messaging',
  figures: (entry) =>
    isRecordedChipAuthentication(entry) ? recordedFigures(entry) : sessionFigures(entry),
  accept: (entry) => acceptMessages(entry),
};

/** Figures of a session, which may stand in the topic of BAC too. */
export function sessionFigures(entry: VectorEntry): Figures {
  const inputs = Inputs.of(entry);
  const steps = once(() => computeSteps(entry));
  const wrapped = once(() => {
    const terminal = new SecureMessaging(sessionKeysOf(inputs));
    const command = terminal.wrapCommand(parseCommand(inputs.hex('plain_command')));
    return encodeHex(encodeCommand(command));
  });
  const ivs = Object.keys(entry.expected)
    .filter((member) => /^iv_for_ssc/i.test(member))
    .map((member) => [member, () => ivFor(member, sessionKeysOf(inputs))] as const);
  return {
    steps,
    ef_com: () => joinPlainData(steps()),
    protected_command: wrapped,
    plain_command: () => unwrapCommand(inputs),
    plain_response: () => unwrapResponse(inputs),
    protected_response: () => wrapResponse(inputs),
    ...Object.fromEntries(ivs),
  };
}

interface Step {
  readonly plain_response?: string;
  readonly [member: string]: unknown;
}

/** Each step is wrapped and unwrapped by both sides, so that its figures are right for both. */
function computeSteps(entry: VectorEntry): readonly Step[] {
  const keys = sessionKeysOf(Inputs.of(entry));
  const terminal = new SecureMessaging(keys);
  const chip = new SecureMessaging(keys);
  const given = new Inputs(entry.expected).objects('steps');
  const raw = entry.expected['steps'] as readonly Readonly<Record<string, unknown>>[];
  return given.map((step, index) => ({
    ...echoWords(raw[index] ?? {}),
    ...computeStep(step, { terminal, chip, keys }),
  }));
}

/** What a step says of itself and is no figure. */
function echoWords(step: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const known = ['step', 'name', 'cla_ins_p1_p2', 'data', 'le', 'notes', 'plain_command'];
  return Object.fromEntries(Object.entries(step).filter(([name]) => known.includes(name)));
}

function computeStep(
  step: Inputs,
  session: { terminal: SecureMessaging; chip: SecureMessaging; keys: SessionKeys },
): Step {
  const { terminal, chip, keys } = session;
  const command = commandOf(step);
  const wrapped = terminal.wrapCommand(command);
  const ssc = terminal.sendSequenceCounter;
  const received = chip.unwrapCommand(parseCommand(encodeCommand(wrapped)));
  if (encodeHex(encodeCommand(received)) !== encodeHex(encodeCommand(command))) {
    throw new Refused('structure', 'the chip unwraps another command');
  }
  const data = wrapped.data ?? new Uint8Array();
  const mac = findTlv(parseTlvs(data, 'protected command'), MAC_TAG) ?? new Uint8Array();
  const { blockBytes } = SESSION_CIPHERS[keys.cipher];
  const header = padIso(
    Uint8Array.of(wrapped.cla, wrapped.ins, wrapped.p1, wrapped.p2),
    blockBytes,
  );
  const objects = data.subarray(0, -MAC_OBJECT_BYTES);
  return {
    protected_command: encodeHex(encodeCommand(wrapped)),
    ssc: encodeHex(ssc),
    mac_input: encodeHex(concatBytes(ssc, padIso(concatBytes(header, objects), blockBytes))),
    cc: encodeHex(mac),
    mac: encodeHex(mac),
    ...computeAnswer(step, session),
  };
}

function computeAnswer(
  step: Inputs,
  { terminal, chip }: { terminal: SecureMessaging; chip: SecureMessaging },
): Step {
  const answered = step.has('plain_response')
    ? encodeHex(encodeResponse(chip.wrapResponse(parseResponse(step.hex('plain_response')))))
    : undefined;
  const sent = step.optionalHex('protected_response');
  const plain =
    sent === undefined
      ? undefined
      : encodeHex(encodeResponse(terminal.unwrapResponse(parseResponse(sent))));
  return {
    ...(answered === undefined ? {} : { protected_response: answered }),
    ...(plain === undefined ? {} : { plain_response: plain }),
  };
}

function commandOf(step: Inputs): CommandApdu {
  if (step.has('plain_command')) return parseCommand(step.hex('plain_command'));
  const header = parseCommand(step.hex('cla_ins_p1_p2', 'header'));
  const data = step.optionalHex('data') ?? new Uint8Array();
  return {
    ...header,
    ...(data.length === 0 ? {} : { data }),
    ...(step.has('le') ? { le: step.integer('le') } : {}),
  };
}

/** What was read after the file was selected, one part after the other. */
function joinPlainData(steps: readonly Step[]): string {
  return steps
    .slice(1)
    .map(({ plain_response: response = '' }) => response.slice(0, -4))
    .join('');
}

/** `iv_for_ssc3`: the vector for this value of the counter; `iv_for_ssc` for the next one. */
function ivFor(member: string, keys: SessionKeys): string {
  const digits = /(\d+)$/.exec(member)?.[1];
  const { blockBytes, deriveIv } = SESSION_CIPHERS[keys.cipher];
  let counter = incrementCounter(keys.sendSequenceCounter);
  if (digits !== undefined) {
    counter = new Uint8Array(
      Buffer.from(
        BigInt(digits)
          .toString(16)
          .padStart(blockBytes * 2, '0'),
        'hex',
      ),
    );
  }
  return encodeHex(deriveIv(keys.encryptionKey, counter));
}

function unwrapCommand(inputs: Inputs): string {
  const chip = new SecureMessaging(sessionKeysOf(inputs));
  return encodeHex(
    encodeCommand(chip.unwrapCommand(parseCommand(inputs.hex('protected_command')))),
  );
}

/** A response stands alone when the counter given is that of its command, else after it. */
function unwrapResponse(inputs: Inputs): string {
  const terminal = new SecureMessaging(sessionKeysOf(inputs));
  if (inputs.has('plain_command')) terminal.wrapCommand(parseCommand(inputs.hex('plain_command')));
  const response = parseResponse(inputs.hex('protected_response'));
  return encodeHex(encodeResponse(terminal.unwrapResponse(response)));
}

function wrapResponse(inputs: Inputs): string {
  const chip = new SecureMessaging(sessionKeysOf(inputs));
  if (inputs.has('plain_command')) {
    const terminal = new SecureMessaging(sessionKeysOf(inputs));
    chip.unwrapCommand(terminal.wrapCommand(parseCommand(inputs.hex('plain_command'))));
  }
  return encodeHex(encodeResponse(chip.wrapResponse(parseResponse(inputs.hex('plain_response')))));
}

/**
 * A negative entry: whatever it says came in is unwrapped by the side that it came to. A response
 * is awaited after its command, where the entry has one.
 */
export function acceptMessages(entry: VectorEntry): void {
  if (isRecordedChipAuthentication(entry)) {
    acceptRecordedSession(entry);
    return;
  }
  const inputs = Inputs.of(entry);
  const all = new Inputs({ ...entry.expected, ...entry.inputs });
  const command = all.optionalHex('protected_command_received', 'protected_command');
  const response = all.optionalHex('protected_response_received', 'protected_response');
  const keys = sessionKeysOf(inputs);
  if (response !== undefined) {
    const terminal = new SecureMessaging(keys);
    if (all.has('plain_command')) terminal.wrapCommand(parseCommand(all.hex('plain_command')));
    terminal.unwrapResponse(parseResponse(response));
  }
  if (command !== undefined) {
    new SecureMessaging(keys).unwrapCommand(parseCommand(command));
  }
  if (all.has('exchanges', 'steps')) acceptExchanges(all.objects('exchanges', 'steps'), keys);
  else if (command === undefined && response === undefined) {
    throw new NotComputable('the entry has no protected command or response to judge');
  }
}

function acceptExchanges(exchanges: readonly Inputs[], keys: SessionKeys): void {
  const chip = new SecureMessaging(keys);
  const terminal = new SecureMessaging(keys);
  for (const exchange of exchanges) {
    const sent = exchange.optionalHex(
      'protected_command_received',
      'protected_command',
      'command_received',
      'command',
    );
    const plain = sent === undefined ? commandOf(exchange) : chip.unwrapCommand(parseCommand(sent));
    terminal.wrapCommand(plain);
    const answer = exchange.optionalHex(
      'protected_response_received',
      'protected_response',
      'response_received',
      'response',
    );
    if (answer === undefined) continue;
    const opened = terminal.unwrapResponse(parseResponse(answer));
    chip.wrapResponse(opened);
  }
}
