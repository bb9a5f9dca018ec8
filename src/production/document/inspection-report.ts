/** A text for a person in both languages of the line. */
export interface LocalText {
  readonly vi: string;
  readonly en: string;
}

/** The judgement on one chip or one set of files, with the evidence for it. */
export interface InspectionReport {
  readonly verdict: 'pass' | 'fail';
  /** The verdict in one sentence, for a person; a failure names the gravest reason first. */
  readonly sentence: LocalText;
  readonly inspectedAt: Date;
  /** The moment for which validity was judged, where it was another. */
  readonly judgedFor?: Date;
  /** How the chip was opened: `PACE with CAN`, `BAC`, or `files`. */
  readonly access: string;
  readonly checks: readonly InspectionCheck[];
  /** The files as read, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly steps: readonly InspectionStep[];
}

/**
 * `note` is worth knowing and no fault; `warning` is against a recommendation or weakens the
 * chip; `fail` makes the verdict a no; `not-checked` says that an answer could not be had.
 */
export type CheckOutcome = 'pass' | 'note' | 'warning' | 'fail' | 'not-checked';

/** Parts of a report, in the order in which a person reads them. */
export const CHECK_GROUPS = [
  'access',
  'files',
  'agreement',
  'signature',
  'certificates',
  'chip',
  'comparison',
] as const;

export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** One question that was asked of the chip, and its answer. */
export interface InspectionCheck {
  /** Id in the words of docs/conformity.md, for instance `ICAO3:LDS_D/signature`. */
  readonly id: string;
  readonly group: CheckGroup;
  readonly title: LocalText;
  readonly outcome: CheckOutcome;
  /** The clause that demands it, `[9303-11 §5.1]`. */
  readonly clause: string;
  /** The file that it is about, `EF.DG1`, where it is about one. */
  readonly file?: string;
  /** The field of the file that is not what was meant, in words. */
  readonly field?: LocalText;
  readonly expected?: string;
  readonly found?: string;
  /** Why it failed, warned or was not checked, in plain words. */
  readonly reason?: LocalText;
}

/** What it cost: name of the step, APDUs exchanged, time. */
export interface InspectionStep {
  readonly name: string;
  readonly apdus: number;
  readonly durationMs: number;
}
