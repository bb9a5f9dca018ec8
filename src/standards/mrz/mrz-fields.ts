import type { MrzForm } from './mrz-layout';

/** The elements of an MRZ, in its own characters and without the filler at their ends. */
export interface MrzFields {
  readonly form: MrzForm;
  /** `P`, `PP`, `ID`; one or two characters. */
  readonly documentCode: string;
  /** `VNM`, `D`; one to three letters [9303-3 §5]. */
  readonly issuingState: string;
  /** Primary and secondary identifier as they stand there: `ERIKSSON<<ANNA<MARIA`. */
  readonly name: string;
  /** The whole number, also where it is longer than nine characters. */
  readonly documentNumber: string;
  readonly nationality: string;
  /** `YYMMDD`, unknown parts as `<<`. */
  readonly dateOfBirth: string;
  /** `<` where the sex is not stated. */
  readonly sex: 'M' | 'F' | '<';
  /** `YYMMDD`. */
  readonly dateOfExpiry: string;
  readonly optionalData: string;
  /** The second field of a TD1; empty in the other forms. */
  readonly optionalDataLine2: string;
}
