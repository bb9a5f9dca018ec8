import type { DocumentSigner } from '../signed-document';
import type { DocumentId } from '../line-store';
import type { Approval } from './four-eyes';

/** When a signer gives way to the next: after so many signatures, so many days, or either. */
export interface RotationLimits {
  readonly maxSignatures?: number;
  /** Days from its first use; its certificate and key period end it earlier where they do. */
  readonly maxDays?: number;
}

export type SignerState = 'waiting' | 'in-use' | 'cut-over' | 'retired';

/** A document signer that rotates, by the number people know it by: DSC 14. */
export interface ManagedSigner extends RotationLimits {
  readonly number: number;
  readonly signer: DocumentSigner;
  readonly state: SignerState;
  /** Signatures reserved, whose answers were seen or not: this is what counts. */
  readonly reserved: number;
  readonly addedAt: Date;
  readonly inUseAt?: Date;
  readonly cutOverAt?: Date;
  readonly retiredAt?: Date;
  readonly revokedAt?: Date;
}

/**
 * The right to sign one document by one signer, at one moment, counted before it is used: its
 * EF.SOD, and with it its EF.CardSecurity where the chip has one.
 */
export interface SignatureReservation {
  readonly reservationId: number;
  readonly number: number;
  readonly signer: DocumentSigner;
  /** Time of the signature, to be written into it. */
  readonly at: Date;
}

/** A document that a signer signed, or may have signed. */
export interface RecalledDocument {
  /** Absent for a signature that was made beside the line. */
  readonly documentId?: DocumentId;
  readonly signedAt: Date;
  readonly station: string;
  /** SHA-256 of the EF.SOD; absent where a signature was reserved and none was recorded. */
  readonly sodSha256?: Uint8Array;
}

/**
 * The document signers of a line and what each signed. The database holds count, periods and
 * order for all processes; everything can throw `DATABASE_UNAVAILABLE`.
 */
export interface SignerStore {
  /** Adds a signer to the end of the queue; its number is the next. */
  addSigner(
    signer: DocumentSigner,
    limits: RotationLimits & { readonly at: Date },
    approval?: Approval,
  ): Promise<number>;
  /** By number, ascending. */
  listSigners(): Promise<readonly ManagedSigner[]>;
  /**
   * Counts one signature by the signer whose turn it is, cutting over to the next where that is
   * due. It stays counted whatever becomes of it. Its time is the database's own; `at` is taken in
   * a rehearsal alone.
   *
   * @throws ProductionError `SIGNER_NONE_READY`.
   */
  reserveSignature(wish: {
    readonly station: string;
    readonly documentId?: DocumentId;
    readonly at?: Date;
  }): Promise<SignatureReservation>;
  /**
   * Makes this database one in which times are handed in. Nothing may have been signed in it, and
   * it never becomes anything else.
   *
   * @throws ProductionError `STATE_CONFLICT`.
   */
  declareRehearsal(): Promise<void>;
  isRehearsal(): Promise<boolean>;
  /** Ends the use of the signer before its limits; the next reservation takes the one after it. */
  cutOver(number: number, at: Date, approval?: Approval): Promise<void>;
  /** After it no signature is ever counted for it; the key can be destroyed. */
  retireSigner(number: number, at: Date, approval?: Approval): Promise<void>;
  revokeSigner(number: number, at: Date, approval?: Approval): Promise<void>;
  /** Every document of a signer in the order of signing, in pages. */
  recall(
    number: number,
    visit: (page: readonly RecalledDocument[]) => Promise<void>,
  ): Promise<{ readonly documents: number }>;
  /** How many signatures were recorded by each signer, by number. */
  countRecorded(): Promise<ReadonlyMap<number, number>>;
  addRevocationList(list: StoredRevocationList): Promise<void>;
  latestRevocationList(): Promise<StoredRevocationList | undefined>;
}

export interface StoredRevocationList {
  /** CRL number; counts up by one. */
  readonly number: number;
  readonly issuedAt: Date;
  readonly nextUpdate: Date;
  /** DER of the certificate whose key signed it. */
  readonly issuer: Uint8Array;
  readonly der: Uint8Array;
}
