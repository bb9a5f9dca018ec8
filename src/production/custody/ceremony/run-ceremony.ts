import { equalBytes } from '../../../standards/bytes/compare';
import { encodeHex } from '../../../standards/bytes/hex';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { parseCertificate } from '../../../standards/pki/certificate';
import type { CscaKey, KeySet } from '../../document/key-set';
import { ProductionError } from '../../errors';
import type { Clock, Hsm, RandomSource } from '../../ports';
import type { PresentCustodian } from '../four-eyes/custodian-key';
import type { CeremonyFile, CeremonyStep } from './ceremony-file';
import type { CeremonyJournal, JournalEntry } from './ceremony-journal';
import { CEREMONY_TEXTS, type CeremonyText } from './ceremony-texts';
import { confirmCeremony, validConfirmations } from './confirmations';
import { performStep, STEP_PURPOSES, type StepResult } from './perform-step';

export interface CeremonyTools {
  readonly hsm: Hsm;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly journal: CeremonyJournal;
  /** Says something to the room. */
  readonly tell: (text: CeremonyText) => void;
  /** Waits until the people in the room have done or read what was said. */
  readonly proceed: () => Promise<void>;
}

/** Everything of a ceremony that has come to its end. */
export interface CeremonyRecord {
  readonly file: CeremonyFile;
  readonly rehearsal: boolean;
  readonly keys: KeySet;
  readonly results: readonly StepResult[];
  readonly journal: readonly JournalEntry[];
}

/**
 * Runs a ceremony from wherever its journal says that it is. Interrupted at any moment, the next
 * call resumes or rolls back the step in hand, and says which.
 *
 * @throws ProductionError `CEREMONY_INVALID` when another file was begun with this journal,
 * `FOUR_EYES_REFUSED` when too few confirmed, or what HSM and certificates threw.
 */
export async function runCeremony(
  file: CeremonyFile,
  order: { readonly rehearsal: boolean; readonly custodians: readonly PresentCustodian[] },
  tools: CeremonyTools,
): Promise<CeremonyRecord> {
  const { plan } = file;
  const { rehearsal } = order;
  await openCeremony(file, rehearsal, tools);
  await collectConfirmations(file, order, tools);
  const results: StepResult[] = [];
  let csca: CscaKey | undefined;
  for (const [index, step] of plan.steps.entries()) {
    const given = { index, ...(csca !== undefined && { csca }) };
    const result = await takeStep(file, given, tools);
    results.push(result);
    if (step.make === 'csca' && result.certificate !== undefined) {
      const { label: keyLabel, algorithm } = step;
      csca = { keyLabel, algorithm, certificate: result.certificate };
    }
  }
  await readBack(plan.steps, results, tools);
  if (csca === undefined) throw new Error('a ceremony makes a CSCA');
  const before = await tools.journal.read();
  if (!before.some(({ event }) => event === 'closed')) {
    await tools.journal.append({ event: 'closed', at: now(tools) });
  }
  tools.tell(CEREMONY_TEXTS.closed(rehearsal));
  const keys = keySetOf(file, results, csca);
  return { file, rehearsal, keys, results, journal: await tools.journal.read() };
}

async function openCeremony(
  { sha256 }: CeremonyFile,
  rehearsal: boolean,
  tools: CeremonyTools,
): Promise<void> {
  const hash = encodeHex(sha256);
  const opened = (await tools.journal.read()).find((entry) => entry.event === 'opened');
  tools.tell(CEREMONY_TEXTS.fileHash(hash));
  if (opened === undefined) {
    await tools.journal.append({ event: 'opened', at: now(tools), sha256: hash, rehearsal });
    return;
  }
  if (opened.sha256 !== hash || opened.rehearsal !== rehearsal) {
    throw new ProductionError('CEREMONY_INVALID', 'ceremony', [
      `a ${opened.rehearsal ? 'rehearsal' : 'ceremony'} of ${opened.sha256} was begun here`,
    ]);
  }
  await interruption(tools, CEREMONY_TEXTS.resumedOpen());
}

async function collectConfirmations(
  file: CeremonyFile,
  order: { readonly rehearsal: boolean; readonly custodians: readonly PresentCustodian[] },
  tools: CeremonyTools,
): Promise<void> {
  const { rehearsal } = order;
  const read = async () =>
    validConfirmations(
      file,
      (await tools.journal.read()).filter((entry) => entry.event === 'confirmed'),
      rehearsal,
    );
  const { needed } = file.plan.confirm;
  const known = new Set((await read()).map(({ custodian }) => custodian));
  for (const custodian of order.custodians) {
    // Somebody who confirmed before the interruption may come again.
    if (known.delete(custodian.name)) continue;
    const given = { custodian, before: await read(), rehearsal, at: tools.clock.now() };
    await tools.journal.append(confirmCeremony(file, given));
    tools.tell(CEREMONY_TEXTS.confirmed(custodian.name));
  }
  const count = (await read()).length;
  // A rehearsal on throw-away keys can be held without the people.
  if (count >= needed || (rehearsal && order.custodians.length === 0)) return;
  throw new ProductionError('FOUR_EYES_REFUSED', 'ceremony', [`${count} of ${needed} confirmed`]);
}

async function takeStep(
  { plan }: CeremonyFile,
  given: { readonly index: number; readonly csca?: CscaKey },
  tools: CeremonyTools,
): Promise<StepResult> {
  const { index } = given;
  const step = plan.steps[index];
  if (step === undefined) throw new Error('a ceremony has no step beyond its last');
  const entries = await tools.journal.read();
  const done = entries.find((entry) => entry.event === 'done' && entry.step === index);
  if (done?.event === 'done') {
    tools.tell(CEREMONY_TEXTS.already(index));
    return decodeResult(done);
  }
  tools.tell(CEREMONY_TEXTS.begin(index, plan.steps.length, step));
  const begun = entries.some((entry) => entry.event === 'begun' && entry.step === index);
  const exists = (await tools.hsm.findKey(step.label)) !== undefined;
  if (begun) {
    const decide = exists ? CEREMONY_TEXTS.resumed : CEREMONY_TEXTS.rolledBack;
    await interruption(tools, decide(index, step.label));
  } else {
    if (exists) {
      throw new ProductionError('CEREMONY_INVALID', `step ${index + 1}`, [
        `the HSM has a key ${step.label} that this ceremony did not make`,
      ]);
    }
    await tools.proceed();
    await tools.journal.append({ event: 'begun', at: now(tools), step: index });
  }
  const result = await performStep(plan, { ...given, resumes: exists }, tools);
  await tools.journal.append({
    event: 'done',
    at: now(tools),
    step: index,
    ...encodeResult(result),
  });
  tools.tell(CEREMONY_TEXTS.done(index, hashOf(result.certificate ?? result.publicKey)));
  return result;
}

/** Every key is asked for once more, and is the one of its certificate. */
async function readBack(
  steps: readonly CeremonyStep[],
  results: readonly StepResult[],
  tools: CeremonyTools,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const { publicKey, certificate } = results[index] ?? {};
    const key = await tools.hsm.findKey(step.label);
    const inCertificate =
      certificate === undefined ? publicKey : parseCertificate(certificate).publicKey;
    const same = (one?: Uint8Array, other?: Uint8Array): boolean =>
      one === undefined || other === undefined ? one === other : equalBytes(one, other);
    const right =
      key?.purpose === STEP_PURPOSES[step.make] &&
      same(key.publicKey, publicKey) &&
      same(publicKey, inCertificate);
    if (!right) {
      throw new ProductionError('SIGNATURE_WRONG', `key ${step.label}`, [
        'the HSM gives back another key than the ceremony made',
      ]);
    }
  }
  tools.tell(CEREMONY_TEXTS.readBack(steps.length));
}

function keySetOf({ plan }: CeremonyFile, results: readonly StepResult[], csca: CscaKey): KeySet {
  const signers = plan.steps.flatMap((step, index) => {
    const certificate = results[index]?.certificate;
    if (step.make !== 'document-signer' || certificate === undefined) return [];
    const { label: keyLabel, algorithm } = step;
    return [{ keyLabel, algorithm, certificate, csca: csca.certificate }];
  });
  const storage = plan.steps.find(({ make }) => make === 'storage-key');
  return {
    country: plan.country,
    state: plan.state,
    csca,
    signers,
    storageKeyLabel: storage?.label ?? '',
  };
}

async function interruption(tools: CeremonyTools, text: CeremonyText): Promise<void> {
  tools.tell(text);
  await tools.journal.append({ event: 'interrupted', at: now(tools), decision: text.en });
}

function encodeResult({ publicKey, certificate }: StepResult) {
  const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    ...(publicKey !== undefined && { publicKey: encode(publicKey) }),
    ...(certificate !== undefined && { certificate: encode(certificate) }),
  };
}

function decodeResult(done: Extract<JournalEntry, { event: 'done' }>): StepResult {
  const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
  return {
    ...(done.publicKey !== undefined && { publicKey: decode(done.publicKey) }),
    ...(done.certificate !== undefined && { certificate: decode(done.certificate) }),
  };
}

function hashOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : encodeHex(digestBytes('sha256', bytes));
}

function now({ clock }: CeremonyTools): string {
  return clock.now().toISOString();
}
