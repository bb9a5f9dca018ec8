import { type ErrorCode, ProductionError } from '../../production/errors';

/** What was being done when PC/SC reported an error. */
export type PcscAct = 'context' | 'connect' | 'exchange';

interface CodeRow {
  readonly code: ErrorCode;
  readonly reason: string;
}

/** Return codes of PC/SC that mean something particular here. */
const CODES: Readonly<Record<number, CodeRow>> = {
  0x80100009: { code: 'READER_NONE', reason: 'pcscd knows no reader of this name' },
  0x8010000b: { code: 'READER_BUSY', reason: 'another program holds it' },
  0x8010000c: { code: 'READER_NO_CARD', reason: 'the card was taken out' },
  0x80100017: { code: 'READER_NONE', reason: 'the reader was unplugged' },
  0x8010001d: { code: 'READER_UNAVAILABLE', reason: 'pcscd does not run' },
  0x8010001e: { code: 'READER_UNAVAILABLE', reason: 'pcscd was stopped' },
  0x80100013: { code: 'READER_UNAVAILABLE', reason: 'the connection to pcscd broke' },
  0x80100003: { code: 'READER_UNAVAILABLE', reason: 'pcscd was started anew' },
  0x80100011: { code: 'CARD_LOST', reason: 'pcscd no longer knows the connection' },
  0x80100066: { code: 'CARD_MUTE', reason: 'the card does not answer the reset' },
  0x80100067: { code: 'CARD_LOST', reason: 'the card has no power' },
  0x80100068: { code: 'CARD_LOST', reason: 'another program reset the card' },
  0x80100069: { code: 'CARD_LOST', reason: 'the card was taken out' },
};

const OTHERWISE: Readonly<Record<PcscAct, ErrorCode>> = {
  context: 'READER_UNAVAILABLE',
  connect: 'READER_UNAVAILABLE',
  exchange: 'CARD_LOST',
};

/** The error of pcsclite, whose texts end with the return code: `… (0x8010000b)`. */
export function pcscError(error: unknown, place: string, act: PcscAct): ProductionError {
  const text = error instanceof Error ? error.message : String(error);
  const digits = /\(0x([0-9a-f]{8})\)/i.exec(text)?.[1];
  const row = digits === undefined ? undefined : CODES[Number.parseInt(digits, 16)];
  const code = row?.code ?? OTHERWISE[act];
  const isGone = act === 'exchange' && code === 'READER_NO_CARD';
  const reason = row?.reason ?? text.replaceAll(/\s+/g, ' ').trim();
  return new ProductionError(isGone ? 'CARD_LOST' : code, place, [reason], { cause: error });
}
