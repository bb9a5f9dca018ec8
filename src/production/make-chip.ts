import type { InspectionReport } from './document/inspection-report';
import type { LineStage } from './document/line-progress';
import type { AttemptId, AttemptStore, DocumentId, InspectionPhase } from './document/line-store';
import type { PersoPhase, PersoScript } from './document/perso-script';
import type { WritableDocument } from './document/signed-document';
import { identifyChip } from './encoding/identify-chip';
import { probeAfterCrash, type CrashDecision } from './encoding/probe-after-crash';
import { writeChip } from './encoding/write-chip';
import { ProductionError } from './errors';
import { inspectChip } from './inspection/inspect-chip';
import type { AccessPolicy } from './inspection/read/access-secrets';
import { secureChannelsOf, type Line, type Station } from './line-parts';
import type { CardConnection } from './ports';
import type { ChipProfile } from './profile/chip';

/** An open attempt: the intent is committed, so that from here on nothing may be guessed. */
export interface ChipWork {
  readonly attemptId: AttemptId;
  readonly documentId: DocumentId;
  readonly chipSerial: string;
  readonly chip: ChipProfile;
  readonly document: WritableDocument;
  /** DER of the CSCA certificate to which the chip is traced back. */
  readonly csca: Uint8Array;
  readonly script: PersoScript;
}

/** What it takes to make a chip whose blank and intent are settled. */
export interface ChipTools extends Pick<Line, 'clock' | 'random' | 'cardKeys' | 'onProgress'> {
  readonly store: Pick<AttemptStore, 'recordInspection' | 'recordEncoded' | 'release'>;
}

export type ChipOutcome =
  | {
      readonly outcome: 'released';
      readonly documentId: DocumentId;
      readonly chipSerial: string;
      readonly report: InspectionReport;
    }
  /** The card is spoiled; the document waits for another under the same approval. */
  | {
      readonly outcome: 'spoiled';
      readonly documentId: DocumentId;
      readonly chipSerial: string;
      readonly error: ProductionError;
    };

/** Where the work on a chip begins: at the start, or where a probe found an interrupted one. */
export type ChipStart =
  | { readonly from: 'write' | 'verify' | 'lock'; readonly without: readonly string[] }
  | { readonly from: 'locked' };

export const FROM_THE_START: ChipStart = { from: 'write', without: [] };

/**
 * encoding → released: write, verify, lock, verify again. A card whose contact is lost is probed
 * once more when the same card lies in the reader again; a card that fails is spoiled.
 *
 * @throws ProductionError when the database or another part of the world failed: the attempt stays
 * open. The connection is closed in any case.
 */
export async function makeChip(
  line: Line,
  station: Station,
  { work, connection }: { readonly work: ChipWork; readonly connection: CardConnection },
): Promise<ChipOutcome> {
  const verified = { before: false };
  try {
    return await completeChip(line, work, { connection, start: FROM_THE_START, verified });
  } catch (error) {
    if (!isLoss(error)) return await spoil(line, work, error);
    await connection.disconnect();
    return await takeUp(line, station, { work, verified: verified.before, loss: error });
  } finally {
    await connection.disconnect();
  }
}

/** Takes up an attempt whose card was lost or whose program was killed, if its card is there. */
export async function takeUp(
  line: Line,
  station: Station,
  interrupted: {
    readonly work: ChipWork;
    /** The read-back before the lock was passed and recorded. */
    readonly verified: boolean;
    /** The lock was recorded. */
    readonly encoded?: boolean;
    readonly loss: ProductionError;
  },
): Promise<ChipOutcome> {
  const { work, loss } = interrupted;
  let connection: CardConnection | undefined;
  try {
    connection = await station.reader.connect({ timeoutMs: station.cardTimeoutMs });
    const { serial } = await identifyChip(connection);
    if (serial !== work.chipSerial) return await spoil(line, work, loss);
    await connection.reset();
    const { verified, encoded = false } = interrupted;
    const decision = await probeAfterCrash({
      channel: connection,
      chip: work.chip,
      attempt: { verified },
    });
    const start = startOf(decision, encoded);
    if (start === undefined) {
      const reasons = [...loss.reasons, decision.reason.en];
      return await spoil(line, work, new ProductionError(loss.code, loss.place, reasons));
    }
    await connection.reset();
    return await completeChip(line, work, { connection, start, verified: { before: verified } });
  } catch (error) {
    return await spoil(line, work, error);
  } finally {
    await connection?.disconnect();
  }
}

/**
 * Write, verify, lock, verify again, from where the work begins.
 *
 * @throws ProductionError of the card or the world; nothing is spoiled here.
 */
export async function completeChip(
  line: ChipTools,
  work: ChipWork,
  given: {
    readonly connection: CardConnection;
    readonly start: ChipStart;
    /** Set when the read-back before the lock was passed. */
    readonly verified: { before: boolean };
  },
): Promise<Extract<ChipOutcome, { outcome: 'released' }>> {
  const { connection, start, verified } = given;
  const { attemptId, documentId, chipSerial } = work;
  if (start.from === 'write') {
    await write(line, work, { connection, phase: 'write' });
    await connection.reset();
  }
  if (start.from === 'write' || start.from === 'verify') {
    await verify(line, work, { connection, phase: 'before-lock' });
    verified.before = true;
    await connection.reset();
  }
  if (start.from !== 'locked') {
    await write(line, work, { connection, phase: 'lock', without: start.without });
    await connection.reset();
  }
  await line.store.recordEncoded(attemptId);
  const report = await verify(line, work, { connection, phase: 'after-lock' });
  await line.store.release(attemptId);
  line.onProgress?.({ documentId, stage: 'released', chipSerial });
  return { outcome: 'released', documentId, chipSerial, report };
}

async function write(
  line: ChipTools,
  work: ChipWork,
  given: {
    readonly connection: CardConnection;
    readonly phase: PersoPhase;
    readonly without?: readonly string[];
  },
): Promise<void> {
  const { connection: channel, phase, without = [] } = given;
  const stage: LineStage = phase === 'write' ? 'writing' : 'locking';
  await writeChip({
    ...{ channel, phase, without, script: work.script },
    ...secureChannelsOf(line),
    onProgress: ({ done, total }) => tell(line, work, stage, { done, total }),
  });
}

/** Reads the chip back as a border would and compares it with what was meant. */
async function verify(
  line: ChipTools,
  work: ChipWork,
  given: { readonly connection: CardConnection; readonly phase: InspectionPhase },
): Promise<InspectionReport> {
  const { connection, phase } = given;
  const { document, chip, csca } = work;
  const beforeLock = phase === 'before-lock';
  const stage: LineStage = beforeLock ? 'verifying' : 'verifying-locked';
  const { mrz, can } = document.access;
  tell(line, work, stage);
  const report = await inspectChip({
    connection,
    access: beforeLock || can === undefined ? { mrz } : { mrz, can },
    policy: policyOf(work, phase),
    // Before the lock a chip need not keep its rules yet.
    triesWithoutPassword: !beforeLock && hasAccessControl(chip),
    random: line.random,
    clock: line.clock,
    trust: { cscas: [csca] },
    expected: document.files,
    onProgress: (progress) => {
      if (progress.kind !== 'file') return;
      tell(line, work, stage, { done: progress.index, total: progress.count });
    },
  });
  await line.store.recordInspection(work.attemptId, phase, report);
  if (report.verdict === 'pass') return report;
  const reasons = report.checks
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ id, file }) => (file === undefined ? id : `${id} (${file})`));
  throw new ProductionError('CHIP_INSPECTION_FAILED', phase, reasons);
}

/**
 * Both ways in are tried in the course of a card: BAC before the lock where the chip has it, PACE
 * after it. Behind BAC EF.CardSecurity cannot be read [9303-10 §3.11], so with it both are by PACE.
 * Only a chip that is meant to have no access control may be read without.
 */
function policyOf({ chip, document }: ChipWork, phase: InspectionPhase): AccessPolicy {
  if (!hasAccessControl(chip)) return 'any';
  const byBac =
    phase === 'before-lock' && chip.access.bac && !document.files.has('EF.CardSecurity');
  return byBac ? 'bac-only' : 'pace-or-bac';
}

function hasAccessControl({ access }: ChipProfile): boolean {
  return access.bac || access.pace.length > 0;
}

function startOf(decision: CrashDecision, encoded: boolean): ChipStart | undefined {
  if (decision.action === 'accept') return { from: 'locked' };
  // The lock was recorded but is not there: the chip is not what the records say.
  if (decision.action === 'spoil' || encoded) return undefined;
  return { from: decision.from, without: decision.without };
}

/** @throws the error itself when it says nothing about the card. */
async function spoil(line: Line, work: ChipWork, error: unknown): Promise<ChipOutcome> {
  if (!(error instanceof ProductionError) || !SPOILS.has(error.consequence)) throw error;
  const { attemptId, documentId, chipSerial } = work;
  await line.store.spoil(attemptId, {
    code: error.code,
    reasons: [error.place, ...error.reasons],
  });
  line.onProgress?.({ documentId, stage: 'spoiled', chipSerial });
  return { outcome: 'spoiled', documentId, chipSerial, error };
}

/** After the intent a card that had to be tried again is not tried again: it is spoiled. */
const SPOILS: ReadonlySet<string> = new Set(['spoil-card', 'retry-card', 'correct-input']);

function isLoss(error: unknown): error is ProductionError {
  return (
    error instanceof ProductionError && (error.code === 'CARD_LOST' || error.code === 'CARD_MUTE')
  );
}

function tell(
  line: ChipTools,
  { documentId, chipSerial }: ChipWork,
  stage: LineStage,
  parts?: { readonly done: number; readonly total: number },
): void {
  line.onProgress?.({ documentId, stage, chipSerial, ...(parts && { parts }) });
}
