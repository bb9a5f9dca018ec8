import type { CeremonyJournal, JournalEntry } from './ceremony-journal';
import type { Approval } from './four-eyes';

/** Ceremonies that were opened, each by its proposal; everything can throw `DATABASE_UNAVAILABLE`. */
export interface CeremonyStore {
  /** The proposal under which the ceremony of a file was opened; undefined when it was not. */
  findOpened(sha256: Uint8Array): Promise<number | undefined>;
  /**
   * Opens it and uses its proposal up, once for every file.
   *
   * @throws ProductionError `FOUR_EYES_REFUSED`, `STATE_CONFLICT`.
   */
  open(
    ceremony: {
      readonly sha256: Uint8Array;
      readonly entry: Extract<JournalEntry, { event: 'opened' }>;
    },
    approval: Approval,
  ): Promise<void>;
  journalOf(proposalId: number): CeremonyJournal;
}
