import type { FingerPrint } from '../../standards/lds/dg3';
import type { IrisPicture } from '../../standards/lds/dg4';
import type { ApprovedRecord } from './approved-record';
import type { Picture } from './picture';

/** Format of the document by its MRZ: TD1 3 × 30, TD2 2 × 36, TD3 2 × 44 [9303-4, -5, -6]. */
export type DocumentForm = 'TD1' | 'TD2' | 'TD3';

/**
 * A record read through its product: everything that the chip and the face say about the holder,
 * decided once. Data groups and face both take it from here, so that print and chip agree.
 */
export interface Holder {
  readonly record: ApprovedRecord;
  readonly form: DocumentForm;
  /** The document number as printed, without filler; derived where the product says so. */
  readonly documentNumber: string;
  /** The name as printed, in national characters, NFC. */
  readonly fullName: string;
  readonly primaryIdentifier: string;
  readonly secondaryIdentifier: string;
  /** Lines of the MRZ with all check digits; the same text goes into DG1 and onto the face. */
  readonly mrzLines: readonly string[];
  /** What the chip's access keys are derived from. */
  readonly access: AccessSecrets;
  readonly portrait: Picture;
  readonly signature?: Picture;
  readonly displayedPortrait?: Picture;
  readonly proofOfCitizenship?: Picture;
  readonly imageOfFront?: Picture;
  readonly imageOfRear?: Picture;
  /** As enrolment delivered them; empty where none could be taken. */
  readonly fingerprints?: readonly FingerPrint[];
  readonly irises?: readonly IrisPicture[];
}

/** The secrets printed on the card, by which a terminal opens the chip [9303-11 §4]. */
export interface AccessSecrets {
  readonly mrz: MrzSecret;
  /** Six digits, where the product has a card access number. */
  readonly can?: string;
}

/** Fields of the MRZ information, without check digits [9303-11 §9.7.2]. */
export interface MrzSecret {
  /** Complete, without trailing filler, also where it is longer than nine characters. */
  readonly documentNumber: string;
  /** `YYMMDD`, unknown parts as `<`. */
  readonly dateOfBirth: string;
  /** `YYMMDD`. */
  readonly dateOfExpiry: string;
}
