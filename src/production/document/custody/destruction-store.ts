import type { KeyPurpose } from '../../ports';
import type { Approval } from './four-eyes';
import type { JournalEntry } from './ceremony-journal';

/** The end of a key; what it signed and its certificate stay. */
export interface KeyDestruction {
  readonly label: string;
  readonly purpose: KeyPurpose;
  /** Absent for a secret key. */
  readonly publicKeySha256?: Uint8Array;
  readonly begunAt: Date;
  readonly by: string;
  /** Absent while it is not known that the HSM has done it. */
  readonly destroyedAt?: Date;
}

/** Everything can throw `DATABASE_UNAVAILABLE`; a beginning `FOUR_EYES_REFUSED`. */
export interface DestructionStore {
  /** Written before the HSM is asked; uses the approval up. */
  begin(key: Omit<KeyDestruction, 'destroyedAt'>, approval?: Approval): Promise<void>;
  /** Written when the HSM has done it, with the entry of a ceremony's journal where it was one. */
  finish(
    label: string,
    at: Date,
    done?: { readonly proposalId: number; readonly entry: JournalEntry },
  ): Promise<void>;
  listDestructions(): Promise<readonly KeyDestruction[]>;
}
