import type { LocalText } from './inspection-report';
import type { LdsFiles } from './lds-files';
import type { DocumentSigner } from './signed-document';

/** Something about the files of a document that is not as Doc 9303 has it. */
export interface DocumentFinding {
  /** Id of the check, `ICAO3:LDS_B/check-digits`. */
  readonly check: string;
  /** `error` stops the document before a card is spent; warnings are counted. */
  readonly severity: 'error' | 'warning';
  readonly reason: LocalText;
  readonly file?: string;
}

/** What is to be looked at. */
export interface DocumentToLint {
  readonly files: LdsFiles;
  readonly signer: DocumentSigner;
  readonly at: Date;
  /** `draft`: EF.SOD is signed with a key that is thrown away; `signed`: with the real one. */
  readonly stage: 'draft' | 'signed';
}

/** Holds all files of a document against the specification. */
export type DocumentLint = (document: DocumentToLint) => readonly DocumentFinding[];
