/** The judgement on one chip or one set of files, with the evidence for it. */
export interface InspectionReport {
  readonly verdict: 'pass' | 'fail';
  /** The verdict in one sentence, for a person. */
  readonly sentence: string;
  readonly inspectedAt: Date;
  /** How the chip was opened: `PACE with CAN`, `BAC`, or `files`. */
  readonly access: string;
  readonly checks: readonly InspectionCheck[];
  /** The files as read, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly steps: readonly InspectionStep[];
}

export type CheckOutcome = 'pass' | 'fail' | 'warning' | 'not-checked';

/** One question that was asked of the chip, and its answer. */
export interface InspectionCheck {
  /** Id in the words of docs/conformity.md, for instance `ICAO3:LDS_D/signature`. */
  readonly id: string;
  readonly title: string;
  readonly outcome: CheckOutcome;
  /** The clause that demands it, `[9303-11 §5.1]`. */
  readonly clause: string;
  readonly expected?: string;
  readonly found?: string;
  /** Why it failed, warned or was not checked, in plain words. */
  readonly reason?: string;
}

/** What it cost: name of the step, APDUs exchanged, time. */
export interface InspectionStep {
  readonly name: string;
  readonly apdus: number;
  readonly durationMs: number;
}
