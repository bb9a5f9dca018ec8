/** What happened in a ceremony, kept before anything follows from it. */
export type JournalEntry =
  | {
      readonly event: 'opened';
      readonly at: string;
      readonly sha256: string;
      readonly rehearsal: boolean;
    }
  | {
      readonly event: 'begun';
      readonly at: string;
      readonly step: number;
      /** Serial numbers of the step follow from it: begun again, it issues under the same ones. */
      readonly seed: string;
    }
  | {
      readonly event: 'done';
      readonly at: string;
      readonly step: number;
      /** What was made, DER in base64, by the names of `StepResult`. */
      readonly publicKey?: string;
      readonly certificate?: string;
      readonly link?: string;
      readonly request?: string;
      readonly revocationList?: string;
    }
  | { readonly event: 'interrupted'; readonly at: string; readonly decision: string }
  | { readonly event: 'closed'; readonly at: string };

export interface CeremonyJournal {
  /** All entries in their order; one that was cut off by a crash is not among them. */
  read(): Promise<readonly JournalEntry[]>;
  /** Comes back when the entry is kept. */
  append(entry: JournalEntry): Promise<void>;
}
