import type { DocumentFinding } from './document-finding';
import type { LdsFiles } from './lds-files';
import type { DocumentSigner } from './signed-document';

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
