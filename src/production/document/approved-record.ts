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
  /** Empty where prints were asked for and none could be taken. */
  readonly fingerprints?: readonly FingerprintReference[];
  /** Empty where irises were asked for and none could be taken. */
  readonly irises?: readonly IrisReference[];
  /** Path of the picture of the holder's signature. */
  readonly signature?: string;
  /** Path of the portrait as the card shows it, where the chip is to hold that too. */
  readonly displayedPortrait?: string;
  /** `YYYY-MM-DD`. */
  readonly portraitTakenOn?: string;
  readonly eyeColour?: EyeColour;
  readonly hairColour?: HairColour;
  readonly heightCm?: number;
  /** Each as text, identifiers divided by a comma. */
  readonly otherNames?: readonly string[];
  readonly title?: string;
  readonly personalSummary?: string;
  /** Path of the picture of a proof of citizenship. */
  readonly proofOfCitizenship?: string;
  /** Numbers of other travel documents. */
  readonly otherDocumentNumbers?: readonly string[];
  readonly custody?: string;
  /** Others whom the document is for, each as text, identifiers divided by a comma. */
  readonly otherPersons?: readonly string[];
  readonly endorsements?: string;
  readonly taxOrExitRequirements?: string;
  /** Paths of pictures of the two sides of the document. */
  readonly imageOfFront?: string;
  readonly imageOfRear?: string;
  readonly personsToNotify?: readonly NotifiedPerson[];
}

/** Somebody to call in an emergency. */
export interface NotifiedPerson {
  /** As text, identifiers divided by a comma. */
  readonly name: string;
  /** `YYYY-MM-DD` of the entry. */
  readonly recordedOn: string;
  readonly telephone?: string;
  readonly address?: string;
}

export const EYE_COLOURS = [
  'black',
  'blue',
  'brown',
  'grey',
  'green',
  'hazel',
  'multi-coloured',
  'pink',
  'other',
] as const;

export type EyeColour = (typeof EYE_COLOURS)[number];

export const HAIR_COLOURS = [
  'bald',
  'black',
  'blonde',
  'brown',
  'grey',
  'white',
  'red',
  'other',
] as const;

export type HairColour = (typeof HAIR_COLOURS)[number];

/** A name in national characters: undivided, or split into the identifiers of Doc 9303-3 §3.4. */
export type RecordName =
  { readonly full: string } | { readonly primary: string; readonly secondary: string };

export type Sex = 'M' | 'F' | 'X';

export interface FingerprintReference {
  readonly position: FingerPosition;
  readonly file: string;
}

export interface IrisReference {
  readonly eye: 'right' | 'left';
  readonly file: string;
  /** `YYYY-MM-DD`. */
  readonly takenOn: string;
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
