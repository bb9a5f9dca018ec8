import type { InspectionReport, InspectionStep } from '../document/inspection-report';
import { resolveChain } from './certificate-chain';
import { CHECKS } from './check-registry';
import type { ChipFacts } from './chip-facts';
import { readContents, trimToObject } from './lds-contents';
import { ABSENT, attempt, valueOf } from './parsed';
import { maskPersonal } from './personal-data';
import { runChecks } from './run-checks';
import { readSod } from './sod-reading';
import type { Subject } from './subject';
import { unpackTrust } from './trust-containers';
import { openTrustStore } from './trust-store';
import { reachVerdict } from './verdict';

export interface JudgeRequest {
  /** The files as read, by name (`EF.DG1`). */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly trust: {
    /** CSCA certificates in DER or PEM, and master lists (also in the LDIF of the ICAO PKD), whose certificates are then trusted. */
    readonly cscas: readonly Uint8Array[];
    /** Lists of revoked certificates, DER or PEM. */
    readonly crls?: readonly Uint8Array[];
    /** Document signers for security objects of version 0 that hold none. */
    readonly documentSigners?: readonly Uint8Array[];
  };
  /** The moment for which validity is judged. */
  readonly at: Date;
  /** The files that were meant, to be compared byte for byte. */
  readonly expected?: ReadonlyMap<string, Uint8Array>;
  /** What the chip showed beside its files. */
  readonly chip?: ChipFacts;
  readonly steps?: readonly InspectionStep[];
  /** When the inspection took place; `at` by default. */
  readonly inspectedAt?: Date;
  /** Holder data in the evidence of checks in clear; masked by default. */
  readonly showPersonalData?: boolean;
}

/**
 * Judges a set of files, whoever made them: every check of the registry, then the verdict. Never
 * throws on what the files hold; garbage is a refusal with a reason.
 */
export function judgeFiles(request: JudgeRequest): InspectionReport {
  const checks = runChecks(CHECKS, prepareSubject(request));
  const { at, inspectedAt = at } = request;
  return {
    ...reachVerdict(checks),
    inspectedAt,
    ...(at.getTime() !== inspectedAt.getTime() && { judgedFor: at }),
    access: request.chip?.access.words ?? 'files',
    checks,
    files: request.files,
    steps: request.steps ?? [],
  };
}

function prepareSubject(request: JudgeRequest): Subject {
  const { files, at, trust } = request;
  const file = files.get('EF.SOD');
  const documentSigners = (trust.documentSigners ?? []).flatMap((bytes) =>
    unpackTrust(bytes, 'document-signer'),
  );
  const sod =
    file === undefined ? ABSENT : attempt(() => readSod(trimToObject(file), documentSigners));
  const store = openTrustStore(trust.cscas, trust.crls);
  const dsc = valueOf(sod)?.dsc ?? ABSENT;
  return {
    files,
    at,
    contents: readContents(files),
    sod,
    dsc,
    trust: store,
    chain: resolveChain(valueOf(dsc), store.cscas),
    ...(request.chip === undefined ? {} : { chip: request.chip }),
    ...(request.expected === undefined ? {} : { expected: request.expected }),
    showPersonal: request.showPersonalData === true ? (value) => value : maskPersonal,
  };
}
