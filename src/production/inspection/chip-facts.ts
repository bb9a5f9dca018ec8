import type { LocalText } from '../document/inspection-report';

/** What only a chip can show, beside its files. */
export interface ChipFacts {
  readonly access: {
    /** `PACE with CAN`, `BAC`, `none`. */
    readonly words: string;
    readonly protocol: 'pace' | 'bac' | 'none';
    readonly paceOffered: boolean;
  };
  /** Files that are listed and could not be read, and why. */
  readonly unread: ReadonlyMap<string, UnreadFile>;
  /** Absent when the chip has no EF.DG15. */
  readonly activeAuthentication?: ChipProof;
  /** Absent when it was not tried. */
  readonly chipAuthentication?: ChipProof;
}

export interface UnreadFile {
  readonly why: 'needs-ta' | 'refused' | 'absent' | 'broken';
  readonly reason: LocalText;
}

/** Whether the chip proved that it holds a private key. */
export type ChipProof =
  | { readonly state: 'proved'; readonly algorithm: string }
  | { readonly state: 'failed'; readonly reason: LocalText };
