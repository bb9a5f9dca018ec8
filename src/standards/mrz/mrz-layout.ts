/** Format of the MRZ: 3 lines of 30, 2 of 36, 2 of 44 characters [9303-5, 9303-6, 9303-4 §4.2]. */
export type MrzForm = 'TD1' | 'TD2' | 'TD3';

/** From the first character to before the last, counted over all lines from 0. */
export type MrzSpan = readonly [from: number, to: number];

export interface MrzLayout {
  readonly lineLength: number;
  readonly lines: number;
  readonly documentCode: MrzSpan;
  readonly issuingState: MrzSpan;
  readonly name: MrzSpan;
  readonly documentNumber: MrzSpan;
  readonly documentNumberCheck: number;
  readonly nationality: MrzSpan;
  readonly dateOfBirth: MrzSpan;
  readonly dateOfBirthCheck: number;
  readonly sex: number;
  readonly dateOfExpiry: MrzSpan;
  readonly dateOfExpiryCheck: number;
  /** Optional data; where the number is longer than nine characters it goes on here. */
  readonly optionalData: MrzSpan;
  /** TD3 alone has a check digit over its optional data. */
  readonly optionalDataCheck?: number;
  /** TD1 alone has a second field of optional data. */
  readonly optionalDataLine2?: MrzSpan;
  readonly compositeCheck: number;
  readonly compositeOver: readonly MrzSpan[];
  /** Whether a number may be longer than nine characters. */
  readonly takesLongNumber: boolean;
}

/**
 * Where each element of the MRZ stands [9303-5 §4.2.2, 9303-6 §4.2.2, 9303-4 §4.2.2]. Positions
 * are those of the document, less one, all lines one after the other.
 */
export const MRZ_LAYOUTS: Readonly<Record<MrzForm, MrzLayout>> = {
  TD1: {
    lineLength: 30,
    lines: 3,
    documentCode: [0, 2],
    issuingState: [2, 5],
    documentNumber: [5, 14],
    documentNumberCheck: 14,
    optionalData: [15, 30],
    dateOfBirth: [30, 36],
    dateOfBirthCheck: 36,
    sex: 37,
    dateOfExpiry: [38, 44],
    dateOfExpiryCheck: 44,
    nationality: [45, 48],
    optionalDataLine2: [48, 59],
    compositeCheck: 59,
    compositeOver: [
      [5, 30],
      [30, 37],
      [38, 45],
      [48, 59],
    ],
    name: [60, 90],
    takesLongNumber: true,
  },
  TD2: {
    lineLength: 36,
    lines: 2,
    documentCode: [0, 2],
    issuingState: [2, 5],
    name: [5, 36],
    documentNumber: [36, 45],
    documentNumberCheck: 45,
    nationality: [46, 49],
    dateOfBirth: [49, 55],
    dateOfBirthCheck: 55,
    sex: 56,
    dateOfExpiry: [57, 63],
    dateOfExpiryCheck: 63,
    optionalData: [64, 71],
    compositeCheck: 71,
    compositeOver: [
      [36, 46],
      [49, 56],
      [57, 71],
    ],
    takesLongNumber: true,
  },
  TD3: {
    lineLength: 44,
    lines: 2,
    documentCode: [0, 2],
    issuingState: [2, 5],
    name: [5, 44],
    documentNumber: [44, 53],
    documentNumberCheck: 53,
    nationality: [54, 57],
    dateOfBirth: [57, 63],
    dateOfBirthCheck: 63,
    sex: 64,
    dateOfExpiry: [65, 71],
    dateOfExpiryCheck: 71,
    optionalData: [72, 86],
    optionalDataCheck: 86,
    compositeCheck: 87,
    compositeOver: [
      [44, 54],
      [57, 64],
      [65, 87],
    ],
    takesLongNumber: false,
  },
};

export const MRZ_FORMS = Object.keys(MRZ_LAYOUTS) as readonly MrzForm[];
