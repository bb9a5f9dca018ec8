import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import type { JournalEntry } from '../../document/custody/ceremony-journal';
import type { Approval } from '../../document/custody/four-eyes';
import { ERRORS, ProductionError } from '../../errors';
import type { OpenedCeremony } from './approve-ceremony';
import type { CeremonyFile } from './ceremony-file';
import type { CeremonyStep } from './ceremony-plan';
import { CEREMONY_TEXTS, type CeremonyText } from './ceremony-texts';
import type { CeremonyTools } from './ceremony-tools';
import { adoptKey, performStep, seededRandom } from './perform-step';
import { readBack } from './read-back';
import { findTraces } from './find-traces';
import { decodeResult, encodeResult } from './step-entries';
import type { StepResult } from './steps/step-context';

export interface CeremonyOrder extends OpenedCeremony {
  readonly rehearsal: boolean;
  /** Who is at the keyboard. */
  readonly by: string;
}

/** Everything of a ceremony that has come to its end. */
export interface CeremonyRecord extends Pick<CeremonyOrder, 'rehearsal' | 'approval'> {
  readonly file: CeremonyFile;
  readonly results: readonly StepResult[];
  readonly journal: readonly JournalEntry[];
}

/**
 * Runs an opened ceremony from wherever its journal says that it is. Interrupted at any moment, the
 * next call resumes or rolls back the step in hand, and says which.
 *
 * @throws ProductionError `CEREMONY_INTERRUPTED` when the world failed it, `CEREMONY_INVALID` when a
 * step does not fit what there is, or what certificates and approvals threw.
 */
export async function runCeremony(
  file: CeremonyFile,
  order: CeremonyOrder,
  tools: CeremonyTools,
): Promise<CeremonyRecord> {
  const { steps } = file.plan;
  const { rehearsal, approval } = order;
  tools.tell(CEREMONY_TEXTS.fileHash(encodeHex(file.sha256)));
  if (order.resumes) await sayInterrupted(tools);
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    results.push(
      await interruptible(`step ${index + 1}`, () => takeStep(file, { step, index, order }, tools)),
    );
  }
  await interruptible('read back', async () => {
    await readBack(steps, results, tools);
    tools.tell(CEREMONY_TEXTS.readBack(steps.length));
    const before = await tools.journal.read();
    if (!before.some(({ event }) => event === 'closed')) {
      await tools.journal.append({ event: 'closed', at: now(tools) });
    }
  });
  tools.tell(CEREMONY_TEXTS.closed(rehearsal));
  return { file, rehearsal, approval, results, journal: await tools.journal.read() };
}

async function sayInterrupted(tools: CeremonyTools): Promise<void> {
  const entries = await tools.journal.read();
  if (entries.some(({ event }) => event === 'closed')) tools.tell(CEREMONY_TEXTS.resumedClosed());
  else await interruption(tools, CEREMONY_TEXTS.resumedOpen());
}

async function takeStep(
  { plan }: CeremonyFile,
  given: { readonly step: CeremonyStep; readonly index: number; readonly order: CeremonyOrder },
  tools: CeremonyTools,
): Promise<StepResult> {
  const { step, index, order } = given;
  const entries = await tools.journal.read();
  const done = entries.find((entry) => entry.event === 'done' && entry.step === index);
  if (done?.event === 'done') {
    tools.tell(CEREMONY_TEXTS.already(index));
    return decodeResult(done);
  }
  tools.tell(CEREMONY_TEXTS.begin(index, plan.steps.length, step));
  const { begun, traces } = await beginStep(given, entries, tools);
  const approval: Approval = { proposalId: order.proposalId, at: new Date(begun.at), by: order.by };
  const { result, record } = await performStep(step, {
    ...{ plan, index, at: new Date(begun.at), custody: tools.custody, given: tools.given },
    hsm: traces.key === undefined ? tools.hsm : adoptKey(tools.hsm, traces.key),
    random: seededRandom(decodeHex(begun.seed)),
    approval: { ...approval, step: { index } },
  });
  const entry = { event: 'done', at: now(tools), step: index, ...encodeResult(result) } as const;
  if (record === undefined) await tools.journal.append(entry);
  else await record({ ...approval, step: { index, done: entry } });
  const made = result.certificate ?? result.revocationList ?? result.request ?? result.publicKey;
  tools.tell(
    CEREMONY_TEXTS.done(
      index,
      made === undefined ? undefined : encodeHex(digestBytes('sha256', made)),
    ),
  );
  return result;
}

type BegunEntry = Extract<JournalEntry, { event: 'begun' }>;

async function beginStep(
  { step, index }: { readonly step: CeremonyStep; readonly index: number },
  entries: readonly JournalEntry[],
  tools: CeremonyTools,
) {
  const before = entries.find(
    (entry): entry is BegunEntry => entry.event === 'begun' && entry.step === index,
  );
  const traces = await findTraces(step, before && new Date(before.at), tools);
  if (before !== undefined) {
    const decide = traces.found ? CEREMONY_TEXTS.resumed : CEREMONY_TEXTS.rolledBack;
    await interruption(tools, decide(index));
    return { begun: before, traces };
  }
  if (traces.key !== undefined) {
    throw new ProductionError('CEREMONY_INVALID', `step ${index + 1}`, [
      `the HSM has a key ${traces.key} that this ceremony did not make`,
    ]);
  }
  await tools.proceed();
  const seed = encodeHex(tools.random.bytes(32));
  // Lists and certificates tell time to the second.
  const at = new Date(Math.floor(tools.clock.now().getTime() / 1000) * 1000).toISOString();
  const begun: BegunEntry = { event: 'begun', at, step: index, seed };
  await tools.journal.append(begun);
  return { begun, traces };
}

/** What the world did to a ceremony, with the way to go on; what is wrong in itself stays as it is. */
async function interruptible<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const known = cause instanceof ProductionError;
    if (known && ERRORS[cause.code].kind !== 'world') throw cause;
    const reasons = known ? [cause.code, ...cause.reasons] : ['a fault outside the ceremony'];
    throw new ProductionError('CEREMONY_INTERRUPTED', place, reasons, { cause });
  }
}

async function interruption(tools: CeremonyTools, text: CeremonyText): Promise<void> {
  tools.tell(text);
  await tools.journal.append({ event: 'interrupted', at: now(tools), decision: text.en });
}

function now({ clock }: Pick<CeremonyTools, 'clock'>): string {
  return clock.now().toISOString();
}
