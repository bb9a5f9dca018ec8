import type { LocalText } from '../document/inspection-report';

/** What only a chip can show, beside its files. */
export interface ChipFacts {
  readonly access: {
    /** `PACE with CAN`, `BAC`, `none`. */
    readonly words: string;
    readonly protocol: 'pace' | 'bac' | 'none';
    readonly paceOffered: boolean;
    /** Whether it gives its files without that; absent when it was not tried. */
    readonly opensToAll?: boolean;
    /** The variant of PACE that was run, `ECDH-GM AES-128, brainpoolP256r1`. */
    readonly variant?: string;
    /** The variants of PACE that the chip offers and refused, and what it answered. */
    readonly paceRefusals?: readonly string[];
    /** Why variants that it offers could not be run here, where it was opened with BAC. */
    readonly paceUnusable?: readonly string[];
  };
  /** Files that are listed and could not be read, and why. */
  readonly unread: ReadonlyMap<string, UnreadFile>;
  /** Absent when the chip has no EF.DG15. */
  readonly activeAuthentication?: ChipProof;
  /** Absent when it was not tried. */
  readonly chipAuthentication?: ChipProof;
  /** Absent when PACE ran with another mapping. */
  readonly chipAuthenticationMapping?: ChipProof;
  /** Absent when no certificates were given, or nothing stood behind them. */
  readonly terminal?: TerminalFacts;
}

/** How the chip took the certificates of the terminal. */
export interface TerminalFacts {
  /** Name of the terminal's key, where the chip accepted it. */
  readonly holder?: string;
  /** Why it did not, where it did not. */
  readonly refusal?: LocalText;
  /** Files that were closed before Terminal Authentication and open after it. */
  readonly opened: readonly string[];
}

export interface UnreadFile {
  readonly why: 'needs-ta' | 'refused' | 'absent' | 'broken';
  readonly reason: LocalText;
}

/** Whether the chip proved that it holds a private key. */
export type ChipProof =
  | {
      readonly state: 'proved';
      readonly algorithm: string;
      /** The key is proved, but not quite in the form that the specification demands. */
      readonly deviation?: LocalText;
    }
  | { readonly state: 'failed'; readonly reason: LocalText };
