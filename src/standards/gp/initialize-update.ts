import type { CommandApdu } from '../apdu/command';
import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';
import { encodeScp03Options, parseScp03Options, type Scp03Options } from './scp03-options';

const PLACE = 'INITIALIZE UPDATE response';
const KDD_BYTES = 10;
const COUNTER_BYTES = 3;

interface Answer {
  /** 10 bytes from which the card's keys were diversified. */
  readonly diversificationData: Uint8Array;
  readonly keyVersion: number;
  /** In SCP03 8 or 16 bytes, in SCP02 6 bytes behind the sequence counter. */
  readonly cardChallenge: Uint8Array;
  readonly cardCryptogram: Uint8Array;
}

/** The answer of a card that speaks SCP03 [GPC-D §7.1.1.4]. */
export interface Scp03Answer extends Answer {
  readonly protocol: 'SCP03';
  readonly options: Scp03Options;
  /** 3 bytes; with a pseudo-random card challenge only. */
  readonly sequenceCounter?: Uint8Array;
}

/** The answer of a card that speaks SCP02; its i stands in the card's recognition data [GPC-C §E.5.1.6]. */
export interface Scp02Answer extends Answer {
  readonly protocol: 'SCP02';
  /** 2 bytes. */
  readonly sequenceCounter: Uint8Array;
}

export type InitializeUpdateAnswer = Scp03Answer | Scp02Answer;

/**
 * INITIALIZE UPDATE with a host challenge of 8 bytes, or 16 in S16 mode [GPC-D §7.1.1].
 *
 * @param keyVersion 0 lets the card choose its first key set
 */
export function buildInitializeUpdate(keyVersion: number, hostChallenge: Uint8Array): CommandApdu {
  return { cla: 0x80, ins: 0x50, p1: keyVersion, p2: 0x00, data: hostChallenge, le: 256 };
}

/** The answer's data, without status word [GPC-D §7.1.1.4, GPC-C §E.5.1.6]. */
export function encodeInitializeUpdateAnswer(answer: InitializeUpdateAnswer): Uint8Array {
  const { diversificationData, keyVersion, cardChallenge, cardCryptogram } = answer;
  if (answer.protocol === 'SCP02') {
    const head = Uint8Array.of(keyVersion, 0x02);
    const { sequenceCounter } = answer;
    return concatBytes(diversificationData, head, sequenceCounter, cardChallenge, cardCryptogram);
  }
  const head = Uint8Array.of(keyVersion, 0x03, encodeScp03Options(answer.options));
  const counter = answer.sequenceCounter ?? new Uint8Array();
  return concatBytes(diversificationData, head, cardChallenge, cardCryptogram, counter);
}

/**
 * What a card answers to INITIALIZE UPDATE, without status word, SCP03 or SCP02
 * [GPC-D §7.1.1.4, GPC-C §E.5.1.6].
 *
 * @throws MalformedError
 */
export function parseInitializeUpdateAnswer(data: Uint8Array): InitializeUpdateAnswer {
  const [keyVersion, protocol, i] = data.subarray(KDD_BYTES, KDD_BYTES + 3);
  if (keyVersion === undefined || protocol === undefined || i === undefined) {
    throw new MalformedError(PLACE, `has ${data.length} bytes`);
  }
  const diversificationData = data.subarray(0, KDD_BYTES);
  if (protocol === 0x02) return parseScp02(data, { diversificationData, keyVersion });
  if (protocol !== 0x03) {
    throw new MalformedError(PLACE, `names secure channel protocol ${protocol}`, KDD_BYTES + 1);
  }
  const options = parseScp03Options(i);
  const { macBytes, pseudoRandomChallenge } = options;
  const start = KDD_BYTES + 3;
  const end = start + 2 * macBytes;
  requireLength(data, end + (pseudoRandomChallenge ? COUNTER_BYTES : 0));
  return {
    protocol: 'SCP03',
    diversificationData,
    keyVersion,
    options,
    cardChallenge: data.subarray(start, start + macBytes),
    cardCryptogram: data.subarray(start + macBytes, end),
    ...(pseudoRandomChallenge ? { sequenceCounter: data.subarray(end) } : {}),
  };
}

function parseScp02(
  data: Uint8Array,
  head: Pick<Answer, 'diversificationData' | 'keyVersion'>,
): Scp02Answer {
  requireLength(data, 28);
  return {
    protocol: 'SCP02',
    ...head,
    sequenceCounter: data.subarray(12, 14),
    cardChallenge: data.subarray(14, 20),
    cardCryptogram: data.subarray(20),
  };
}

function requireLength(data: Uint8Array, length: number): void {
  if (data.length !== length) {
    throw new MalformedError(PLACE, `has ${data.length} bytes instead of ${length}`);
  }
}
