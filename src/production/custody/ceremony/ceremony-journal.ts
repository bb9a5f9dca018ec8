/** What happened in a ceremony, written to the disk before anything follows from it. */
export type JournalEntry =
  | {
      readonly event: 'opened';
      readonly at: string;
      readonly sha256: string;
      readonly rehearsal: boolean;
    }
  | {
      readonly event: 'confirmed';
      readonly at: string;
      readonly custodian: string;
      /** Over `confirmationMessage`, hexadecimal. */
      readonly signature: string;
    }
  | { readonly event: 'begun'; readonly at: string; readonly step: number }
  | {
      readonly event: 'done';
      readonly at: string;
      readonly step: number;
      /** DER of the public key and of the certificate, base64; a secret key has neither. */
      readonly publicKey?: string;
      readonly certificate?: string;
    }
  | { readonly event: 'interrupted'; readonly at: string; readonly decision: string }
  | { readonly event: 'closed'; readonly at: string };

export interface CeremonyJournal {
  /** All entries in their order; one that was cut off by a crash is not among them. */
  read(): Promise<readonly JournalEntry[]>;
  /** Comes back when the entry is on the disk. */
  append(entry: JournalEntry): Promise<void>;
}
