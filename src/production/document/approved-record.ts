/** One approved application as the population register hands it over: see docs/record-format.md. */
export interface ApprovedRecord {
  readonly recordId: string;
  readonly recordVersion: number;
  /** Name of the product, a file in `card-profiles/products/`. */
  readonly profile: string;
  /** RFC 3339 time of the approval. */
  readonly approvedAt: string;
  readonly approvedBy: string;
  /** Three-letter code as in the MRZ [9303-3 §5]. */
  readonly issuingState: string;
  /** Absent where the profile derives it. */
  readonly documentNumber?: string;
  readonly personalNumber?: string;
  readonly name: RecordName;
  /** `1950`, `1950-07` or `1950-07-23`. */
  readonly dateOfBirth: string;
  readonly sex: Sex;
  readonly nationality: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfIssue: string;
  /** `YYYY-MM-DD`, or null for a document that does not expire. */
  readonly dateOfExpiry: string | null;
  /** Path of the picture, relative to the source's folder of pictures. */
  readonly portrait: string;
  readonly placeOfOrigin?: string;
  readonly placeOfResidence?: string;
  readonly ethnicity?: string;
  readonly religion?: string;
  readonly identifyingFeatures?: string;
  readonly father?: string;
  readonly mother?: string;
  readonly spouse?: string;
  readonly oldIdNumber?: string;
  readonly placeOfBirth?: string;
  readonly address?: string;
  readonly telephone?: string;
  readonly profession?: string;
  readonly issuingAuthority?: string;
  readonly deliveryOffice?: string;
  readonly fingerprints?: readonly FingerprintReference[];
  /** Path of the picture of the holder's signature. */
  readonly signature?: string;
}

/** A name in national characters: undivided, or split into the identifiers of Doc 9303-3 §3.4. */
export type RecordName =
  { readonly full: string } | { readonly primary: string; readonly secondary: string };

export type Sex = 'M' | 'F' | 'X';

export interface FingerprintReference {
  readonly position: FingerPosition;
  readonly file: string;
}

export const FINGER_POSITIONS = [
  'right-thumb',
  'right-index',
  'right-middle',
  'right-ring',
  'right-little',
  'left-thumb',
  'left-index',
  'left-middle',
  'left-ring',
  'left-little',
] as const;

export type FingerPosition = (typeof FINGER_POSITIONS)[number];

/** A record together with the pictures it names, as bytes by their path. */
export interface RecordWithPictures {
  readonly record: ApprovedRecord;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}
