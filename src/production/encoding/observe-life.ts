import type { ResponseApdu } from '../../standards/apdu/response';
import { describeSw } from '../../standards/apdu/status-words';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeHex } from '../../standards/bytes/hex';
import { encodeUint } from '../../standards/bytes/integer';
import type { LocalText } from '../document/inspection-report';
import { fillCommand } from '../personalization/fill-template';
import type { CardChannel } from '../ports';
import type { ChipObservation, ChipProfile, LifeSign } from '../profile/chip';
import { exchange } from './exchange';

/** What a chip was seen to be, and the questions and answers by which it was seen. */
export interface ChipLife {
  /** The strongest sign; `foreign` when an answer is none that this chip type gives. */
  readonly sign: LifeSign | 'foreign';
  readonly evidence: readonly LocalText[];
}

/** A later sign outweighs an earlier one. */
const STRENGTH: readonly ChipLife['sign'][] = [
  'open',
  'empty',
  'begun',
  'personalized',
  'locked',
  'foreign',
];

/**
 * Asks a chip that was just reset what the profile's observations ask. Nothing on it is changed.
 *
 * @throws ProductionError `CARD_LOST`, `CARD_MUTE`
 */
export async function observeLife(channel: CardChannel, chip: ChipProfile): Promise<ChipLife> {
  const lives: ChipLife[] = [];
  for (const observation of [selection(chip), ...chip.observations]) {
    lives.push(await observe(channel, chip, observation));
    if (lives.at(-1)?.sign === 'foreign') break;
  }
  const strength = Math.max(...lives.map(({ sign }) => STRENGTH.indexOf(sign)));
  return {
    sign: STRENGTH[strength] ?? 'foreign',
    evidence: lives.flatMap(({ evidence }) => evidence),
  };
}

/** Before all others: whether the application is there at all, asked by the script's own SELECT. */
function selection({ script }: ChipProfile): ChipObservation {
  const first = script[0];
  const isSelect = first?.verb === 'select';
  return {
    asks: { vi: 'Chip có ứng dụng này không?', en: 'Does the chip have the application?' },
    send: isSelect ? first.send : [],
    answers: new Map(isSelect ? first.expectedSw.map((sw) => [hexOf(sw), 'open']) : []),
  };
}

async function observe(
  channel: CardChannel,
  { application }: ChipProfile,
  { asks, send, answers, otherwise }: ChipObservation,
): Promise<ChipLife> {
  let answer: ResponseApdu | undefined;
  for (const template of send) {
    answer = await exchange(channel, fillCommand(template, { application }), asks.en);
  }
  if (answer === undefined) return { sign: 'open', evidence: [] };
  const whole = encodeHex(concatBytes(answer.data, encodeUint(answer.sw, 2)));
  const told = answers.get(whole);
  const said = answer.data.length === 0 ? describeSw(answer.sw) : whole;
  return {
    sign: told ?? answers.get(hexOf(answer.sw)) ?? otherwise ?? 'foreign',
    evidence: [{ vi: `${asks.vi} ${said}`, en: `${asks.en} ${said}` }],
  };
}

function hexOf(sw: number): string {
  return encodeHex(encodeUint(sw, 2));
}
