import { isObject, type VectorEntry } from '../vector-file';
import { encodeCommand, parseCommand } from '../../../../standards/apdu/command';
import { encodeHex } from '../../../../standards/bytes/hex';
import { Inputs } from '../inputs';
import { NotComputable } from '../not-computable';
import { type Figures, hexFigure, once, type Topic } from '../topic';
import { acceptChannel } from './accept-secure-channel';
import { keyFigures } from './global-platform-keys';
import { type Handshake, handshakeOf } from './secure-channel-handshake';
import { responsesOf } from './secure-channel-responses';

/** GlobalPlatform: SCP03, SCP02, diversified keys, PUT KEY and STORE DATA. */
export const SECURE_CHANNEL: Topic = {
  name: 'SCP03/SCP02/diversification',
  figures: (entry, file) => {
    const whole = inherit(entry, file);
    const inputs = Inputs.of(whole);
    return inputs.has('K_ENC') && inputs.has('host_challenge', 'initialize_update')
      ? channelFigures(whole)
      : keyFigures(whole);
  },
  accept: (entry) => acceptChannel(entry),
};

/** An entry that goes on in the session of another has its inputs too. */
function inherit(entry: VectorEntry, file: readonly VectorEntry[]): VectorEntry {
  const id = entry.inputs['same_session_as'];
  if (id === undefined) return entry;
  const base = file.find((other) => other.id === id);
  if (base === undefined || !isObject(base.inputs)) {
    throw new NotComputable('the entry whose session goes on is not in the file');
  }
  const handshake = ['initialize_update', 'initialize_update_response', 'card_challenge'];
  const computed = Object.entries(base.expected).filter(([name]) => handshake.includes(name));
  return {
    ...entry,
    inputs: { ...Object.fromEntries(computed), ...base.inputs, ...entry.inputs },
  };
}

function channelFigures(entry: VectorEntry): Figures {
  const inputs = Inputs.of(entry);
  const handshake = once(() => handshakeOf(entry));
  const run = once(() => runCommands(inputs, handshake()));
  const key = (name: string) =>
    hexFigure(() => {
      const found = handshake().sessionKeys[name];
      if (found === undefined) throw new NotComputable('this protocol has no such session key');
      return found;
    });
  return {
    initialize_update: (expected) => matchLe(expected, handshake().initializeUpdate),
    initialize_update_response: hexFigure(() => handshake().initializeUpdateResponse),
    card_challenge: hexFigure(() => handshake().cardChallenge),
    card_challenge_pseudo_random: hexFigure(() => handshake().pseudoRandomChallenge()),
    S_ENC: key('S_ENC'),
    S_MAC: key('S_MAC'),
    S_RMAC: key('S_RMAC'),
    S_DEK: key('S_DEK'),
    card_cryptogram: hexFigure(() => handshake().cardCryptogram),
    host_cryptogram: hexFigure(() => handshake().hostCryptogram),
    external_authenticate: (expected) =>
      matchLe(expected, encodeCommand(handshake().externalAuthenticate)),
    mac_chaining_value: hexFigure(() => handshake().macChainingValue()),
    wrapped_apdus: () => run().wrapped,
    wrapped_apdu: () => run().wrapped[0],
    encrypted_data: () => encryptedData(inputs, run().wrapped[0]),
    plain_responses: (expected) => matchStatusWords(expected, run().responses),
    get_eid_plain_response: () => run().responses[0]?.data,
    plain_response: (expected) => matchStatusWords([expected], run().responses)[0],
  };
}

interface RunResponse {
  readonly data: string;
  readonly sw: string;
}

/** The commands of one session in their order, each answered where the entry has the answer. */
function runCommands(
  inputs: Inputs,
  handshake: Handshake,
): { readonly wrapped: readonly string[]; readonly responses: readonly RunResponse[] } {
  const session = handshake.openSession();
  if (inputs.has('command_number') && inputs.integer('command_number') !== 1) {
    throw new NotComputable('the commands before this one are not given');
  }
  const wrapped: string[] = [];
  const responses: RunResponse[] = [];
  const answers = responsesOf(inputs);
  for (const [index, plain] of inputs.texts('plain_apdus', 'plain_apdu').entries()) {
    const command = parseCommand(new Inputs({ plain }).hex('plain'));
    wrapped.push(encodeHex(encodeCommand(session.wrapCommand(command))));
    const answer = answers[index];
    if (answer === undefined) continue;
    const { data, sw } = session.unwrapResponse(answer);
    responses.push({ data: encodeHex(data), sw: sw.toString(16).toUpperCase().padStart(4, '0') });
  }
  return { wrapped, responses };
}

/** Commands stand with or without Le in files. */
function matchLe(expected: unknown, command: Uint8Array): string {
  const whole = encodeHex(command);
  if (typeof expected !== 'string') return whole;
  const plain = expected.replaceAll(/\s/g, '').toUpperCase();
  if (`${plain}00` === whole) return plain;
  return plain === `${whole}00` ? plain : whole;
}

/** Plain responses stand with or without their status words. */
function matchStatusWords(expected: unknown, got: readonly RunResponse[]): readonly string[] {
  const list: readonly unknown[] = Array.isArray(expected) ? expected : [];
  return got.map(({ data, sw }, index) => {
    const text = list[index];
    const bare = typeof text === 'string' && text.length === data.length;
    return bare ? data : data + sw;
  });
}

/** The data of a wrapped command without its MAC. */
function encryptedData(inputs: Inputs, wrapped: string | undefined): string {
  const level = Number.parseInt(inputs.text('security_level'), 16);
  if (wrapped === undefined || (level & 0x02) === 0) {
    throw new NotComputable('at this security level no data is encrypted');
  }
  const { data = new Uint8Array() } = parseCommand(new Inputs({ wrapped }).hex('wrapped'));
  return encodeHex(data.subarray(0, data.length - (data.length % 16)));
}
