import type { CscaKey } from '../key-set';
import type { Approval } from './four-eyes';

/** A CSCA of the country, by its number: the highest signs. */
export interface RecordedCsca extends CscaKey {
  readonly number: number;
  /** DER of the link certificate of the one before; absent for the first. */
  readonly link?: Uint8Array;
  readonly addedAt: Date;
}

/** To whom a new CSCA is to be made known; a roll-over ends when all have confirmed. */
export const PUBLICATION_TASKS = [
  'bilateral',
  'pkd',
  'master-list',
  'own-inspection',
  'crl',
] as const;

export type PublicationTask = (typeof PUBLICATION_TASKS)[number];

export interface PublicationState {
  readonly csca: number;
  readonly task: PublicationTask;
  readonly confirmedAt?: Date;
  readonly confirmedBy?: string;
}

/** Everything can throw `DATABASE_UNAVAILABLE`; additions `FOUR_EYES_REFUSED`. */
export interface CscaStore {
  /** The next number; with the tasks that follow from it. */
  addCsca(
    csca: CscaKey & { readonly link?: Uint8Array },
    at: Date,
    approval?: Approval,
  ): Promise<number>;
  /** By number, ascending. */
  listCscas(): Promise<readonly RecordedCsca[]>;
  listPublications(): Promise<readonly PublicationState[]>;
  confirmPublication(task: {
    readonly csca: number;
    readonly task: PublicationTask;
    readonly at: Date;
    readonly by: string;
  }): Promise<void>;
}
