import type { DocumentId } from '../line-store';
import type { DocumentSigner } from '../signed-document';

/** The right to sign one document, by one signer, with one time of signing. */
export interface SigningTurn {
  readonly signer: DocumentSigner;
  /** The time of signing, to be written into the signature. */
  readonly at: Date;
  /** Counted already, whatever becomes of the signature; goes into the ledger with it. */
  readonly reservationId?: number;
}

/** Says, document by document, who signs: between two cards the signer may change. */
export interface SignerSource {
  /** @throws ProductionError `SIGNER_NONE_READY`, `SIGNER_OUTSIDE_PERIOD`. */
  takeTurn(wish: {
    readonly station: string;
    /** Absent for a signature beside the line, which is counted like any other. */
    readonly documentId?: DocumentId;
  }): Promise<SigningTurn>;
}
