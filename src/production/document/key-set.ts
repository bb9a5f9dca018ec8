import type { DocumentSigner } from './signed-document';

/** The keys with which a line signs and seals, by their labels behind the `Hsm` port. */
export interface KeySet {
  /** Two-letter country code, as in the certificates. */
  readonly country: string;
  /** Three-letter code of the issuing State, as in the MRZ. */
  readonly state: string;
  readonly csca: CscaKey;
  /** Document signers, the one in use last. */
  readonly signers: readonly SignerKey[];
  /** Label of the key under which secrets are sealed at rest. */
  readonly storageKeyLabel: string;
}

/** A CSCA: its key and its own certificate. */
export interface CscaKey {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** DER of the self-signed certificate. */
  readonly certificate: Uint8Array;
}

/** What is kept of a document signer; its periods stand in the certificate. */
export type SignerKey = Pick<DocumentSigner, 'keyLabel' | 'algorithm' | 'certificate' | 'csca'>;
