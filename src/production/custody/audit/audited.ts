import type { AuditEvent, AuditLog, AuditOutcome } from '../../document/custody/audit-log';
import { ERRORS, ProductionError } from '../../errors';
import type { Clock, Hsm } from '../../ports';

/** Who acts, where, and in which chain it is written. */
export interface Auditor {
  readonly log: Pick<AuditLog, 'append'>;
  readonly writer: string;
  readonly who: string;
  readonly place: string;
  readonly clock: Clock;
}

export interface AuditedAct {
  readonly action: string;
  readonly subject: string;
  readonly reasons?: readonly string[];
}

/**
 * Does something and writes what came of it; a refusal or failure is written and thrown on. What
 * was done and cannot be written is an error too: nothing goes without its entry.
 */
export async function audited<T>(
  auditor: Auditor,
  act: AuditedAct,
  work: () => Promise<T>,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await writeAct(auditor, act, { outcome: outcomeOf(error), reasons: reasonsOf(error) });
    throw error;
  }
  await writeAct(auditor, act, { outcome: 'done', reasons: [] });
  return result;
}

/**
 * An HSM whose keys cannot be made, used or destroyed without an entry. Signatures of documents
 * that succeed stand in the signature ledger, one row each, and what is sealed in its own table;
 * of both only what was refused or failed is written here.
 */
export function auditHsm(hsm: Hsm, auditor: Auditor): Hsm {
  const watch = <T>(act: AuditedAct, work: () => Promise<T>): Promise<T> =>
    audited(auditor, act, work);
  const watchRefusals = <T>(act: AuditedAct, work: () => Promise<T>): Promise<T> =>
    work().catch(async (error: unknown) => {
      const reasons = reasonsOf(error);
      await writeAct(auditor, act, { outcome: outcomeOf(error), reasons });
      throw error;
    });
  return {
    generateKeyPair: (request) =>
      watch(actOf('generate-key', request.label, [request.purpose, request.algorithm]), () =>
        hsm.generateKeyPair(request),
      ),
    generateSecretKey: (request) =>
      watch(actOf('generate-key', request.label, [request.purpose]), () =>
        hsm.generateSecretKey(request),
      ),
    findKey: (label) => hsm.findKey(label),
    sign: (request) => {
      const act = actOf('sign', request.label, [request.purpose]);
      const watchSigning = request.purpose === 'document-sign' ? watchRefusals : watch;
      return watchSigning(act, () => hsm.sign(request));
    },
    seal: (label, plaintext, context) =>
      watchRefusals(actOf('seal', label, ['storage-wrap']), () =>
        hsm.seal(label, plaintext, context),
      ),
    open: (label, sealed, context) =>
      watchRefusals(actOf('open', label, ['storage-wrap']), () => hsm.open(label, sealed, context)),
    destroyKey: (key) =>
      watch(actOf('destroy-key', key.label, [key.purpose]), () => hsm.destroyKey(key)),
    close: () => hsm.close(),
  };
}

function actOf(action: string, label: string, reasons: readonly string[]): AuditedAct {
  return { action, subject: `key ${label}`, reasons };
}

async function writeAct(
  { log, writer, who, place, clock }: Auditor,
  { action, subject, reasons = [] }: AuditedAct,
  came: { readonly outcome: AuditOutcome; readonly reasons: readonly string[] },
): Promise<void> {
  const event: AuditEvent = {
    ...{ who, action, subject, place, at: clock.now(), outcome: came.outcome },
    reasons: [...reasons, ...came.reasons],
  };
  await log.append(writer, event);
}

/** A rule said no, or something broke. */
function outcomeOf(error: unknown): AuditOutcome {
  if (!(error instanceof ProductionError)) return 'failed';
  const refusals: readonly string[] = ['HSM_WRONG_USE', 'HSM_PIN_WRONG', 'HSM_LOCKED'];
  const isRule = ERRORS[error.code].consequence === 'call-custodian';
  return isRule || refusals.includes(error.code) ? 'refused' : 'failed';
}

/** Codes and clauses alone: an error that nobody foresaw may quote anything. */
function reasonsOf(error: unknown): readonly string[] {
  if (!(error instanceof ProductionError)) return ['a fault in the program'];
  return [error.code, ...error.reasons];
}
