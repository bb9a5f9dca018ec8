import { lineForCard } from './card-keys-of-batch';
import type { OpenAttempt } from './document/line-store';
import { decodePreparedContent } from './document/prepared-content';
import { identifyChip } from './encoding/identify-chip';
import { ProductionError } from './errors';
import type { Line, Station } from './line-parts';
import { takeUp, type ChipOutcome, type ChipWork } from './make-chip';
import { compileScript } from './personalization/compile-script';
import { loadPair } from './profile/load-profiles';

export interface Recovery {
  /** What the station had claimed and not begun to write is free again. */
  readonly releasedClaims: number;
  /** Attempts whose card was in the reader, and what became of them. */
  readonly settled: readonly ChipOutcome[];
  /** Attempts whose card is not in the reader: their state is unknown until it comes back. */
  readonly waiting: readonly Pick<OpenAttempt, 'attemptId' | 'documentId' | 'chipSerial'>[];
}

/**
 * What a station does first, always: it frees what it had not begun, and asks the card in its
 * reader how far an interrupted attempt came. Nothing is guessed: an attempt whose card is not
 * there stays open.
 *
 * @throws ProductionError when the world fails; the call can be repeated.
 */
export async function recoverStation(line: Line, station: Station): Promise<Recovery> {
  const releasedClaims = await line.store.releaseClaims(station.name);
  const open = await line.store.openAttempts(station.name);
  const serial = open.length === 0 ? undefined : await serialInReader(station);
  const settled: ChipOutcome[] = [];
  const waiting: OpenAttempt[] = [];
  for (const attempt of open) {
    if (attempt.chipSerial === serial) settled.push(await settle(line, station, attempt));
    else waiting.push(attempt);
  }
  return {
    releasedClaims,
    settled,
    waiting: waiting.map(({ attemptId, documentId, chipSerial }) => ({
      attemptId,
      documentId,
      chipSerial,
    })),
  };
}

async function settle(line: Line, station: Station, attempt: OpenAttempt): Promise<ChipOutcome> {
  const content = decodePreparedContent(attempt.content);
  const { product, chip } = await loadPair(line.profiles, content);
  const { document } = content;
  const script = compileScript({ document, product, chip });
  const { attemptId, documentId, chipSerial, documentState, inspections } = attempt;
  const { csca } = document.signer;
  const work: ChipWork = { attemptId, documentId, chipSerial, chip, document, csca, script };
  return takeUp(await lineForCard(line, chipSerial, chip), station, {
    work,
    verified: inspections.some(
      ({ phase, verdict }) => phase === 'before-lock' && verdict === 'pass',
    ),
    encoded: documentState === 'encoded',
    loss: new ProductionError('CARD_LOST', station.name, ['the station was interrupted']),
  });
}

/** Undefined when no card is there, or one that does not say who it is. */
async function serialInReader({ reader, cardTimeoutMs }: Station): Promise<string | undefined> {
  try {
    const connection = await reader.connect({ timeoutMs: cardTimeoutMs });
    try {
      return (await identifyChip(connection)).serial;
    } finally {
      await connection.disconnect();
    }
  } catch (error) {
    const isAbsent = error instanceof ProductionError && ABSENT.has(error.code);
    if (isAbsent) return undefined;
    throw error;
  }
}

const ABSENT: ReadonlySet<string> = new Set([
  'READER_NO_CARD',
  'CARD_LOST',
  'CARD_MUTE',
  'CARD_WITHOUT_SERIAL',
]);
