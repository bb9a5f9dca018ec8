import type { ApprovedRecord } from '../document/approved-record';
import type { DocumentForm } from '../document/holder';
import type { LocalText } from '../document/inspection-report';
import type { LdsFileName } from '../document/lds-files';
import type { CyrillicLanguage } from '../../standards/mrz/cyrillic-table';
import type { TruncationMethod } from '../../standards/mrz/truncate-name';

/**
 * What is on a card, whatever chip it is made on: one file in `card-profiles/products/`.
 * The parser in `parse-product.ts` reads it strictly; every member is explained in
 * `card-profiles/README.md`.
 */
export interface ProductProfile {
  readonly name: string;
  readonly title: LocalText;
  readonly form: DocumentForm;
  /** First two characters of the MRZ, `ID`, `P<`, `PP` [9303-4 §4.4, 9303-5 §4.2.2]. */
  readonly documentCode: string;
  /** The only issuing state of this product, or undefined where the record says it. */
  readonly issuingState?: string;
  /** Chips it may be made on, the preferred first. */
  readonly chips: readonly string[];
  readonly record: RecordRules;
  readonly identity: IdentityRules;
  readonly portrait: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly maxBytes: number;
    /** `jpeg` by default. */
    readonly format?: 'jpeg' | 'jpeg2000';
  };
  readonly lds: LdsRules;
  readonly signing: {
    /** 0 for LDS 1.7, 1 for LDS 1.8 with its version inside the security object. */
    readonly securityObjectVersion: 0 | 1;
    readonly digest: 'sha224' | 'sha256' | 'sha384' | 'sha512';
  };
  readonly face: string;
}

/** Members of the record that a product may require or allow; all others are always there. */
export const OPTIONAL_RECORD_FIELDS = [
  'documentNumber',
  'personalNumber',
  'placeOfOrigin',
  'placeOfResidence',
  'ethnicity',
  'religion',
  'identifyingFeatures',
  'father',
  'mother',
  'spouse',
  'oldIdNumber',
  'placeOfBirth',
  'address',
  'telephone',
  'profession',
  'issuingAuthority',
  'deliveryOffice',
  'fingerprints',
  'signature',
  'portraitTakenOn',
  'eyeColour',
  'hairColour',
  'heightCm',
  'displayedPortrait',
  'irises',
  'otherNames',
  'title',
  'personalSummary',
  'proofOfCitizenship',
  'otherDocumentNumbers',
  'custody',
  'otherPersons',
  'endorsements',
  'taxOrExitRequirements',
  'imageOfFront',
  'imageOfRear',
  'personsToNotify',
] as const satisfies readonly (keyof ApprovedRecord)[];

export type RecordField = (typeof OPTIONAL_RECORD_FIELDS)[number];

/** Optional members of the record that this product requires or allows; all others are refused. */
export interface RecordRules {
  readonly required: readonly RecordField[];
  readonly allowed: readonly RecordField[];
  /** What intake also asks of a record of this product. */
  readonly checks: readonly RecordCheck[];
}

/** Checks by name; intake knows what each of them demands. */
export const RECORD_CHECKS = ['vn-personal-number', 'vn-old-id-number', 'vn-ethnic-group'] as const;
export type RecordCheck = (typeof RECORD_CHECKS)[number];

/** Files that the data group stage can build and a product may therefore list. */
export const PRODUCT_FILES = [
  'EF.COM',
  'EF.DG1',
  'EF.DG2',
  'EF.DG3',
  'EF.DG4',
  'EF.DG5',
  'EF.DG7',
  'EF.DG11',
  'EF.DG12',
  'EF.DG13',
  'EF.DG14',
  'EF.DG15',
  'EF.DG16',
  'EF.SOD',
] as const satisfies readonly LdsFileName[];

export interface IdentityRules {
  /** Where the document number comes from. */
  readonly documentNumber:
    { readonly from: 'record' } | { readonly from: 'personal-number'; readonly lastDigits: number };
  /** How `name.full` divides: the first word is the primary identifier, or the whole is. */
  readonly nameSplit: 'first-word' | 'primary-only' | 'divided-in-record';
  /** What stands in the optional data of the MRZ. */
  readonly mrzOptionalData: 'none' | 'personal-number' | 'vn-personal-number-with-check-digit';
  /** `YYMMDD` in the MRZ of a document that does not expire. */
  readonly mrzNoExpiry: string;
  /** Letters for which Doc 9303-3 §6 leaves the issuer a choice, and the choice made. */
  readonly transliteration: Readonly<Record<string, string>>;
  /** Language of names in Cyrillic letters, for its exceptions in Doc 9303-3 §6 table B. */
  readonly cyrillicLanguage?: CyrillicLanguage;
  /** How a name that is too long for the MRZ is shortened; `initials` by default. */
  readonly truncation?: TruncationMethod;
  readonly cardAccessNumber:
    | { readonly from: 'none' }
    | { readonly from: 'personal-number'; readonly lastDigits: number }
    | { readonly from: 'document-number'; readonly lastDigits: number };
}

export interface LdsRules {
  /** `1.7` or `1.8`. */
  readonly version: string;
  readonly unicodeVersion: string;
  /** Data groups and other files in the order in which they are written. */
  readonly files: readonly LdsFileName[];
  /** Members of DG11 and DG12, in the order of their tag list. */
  readonly dg11: readonly Dg11Field[];
  readonly dg12: readonly Dg12Field[];
  /** Structure of DG13, where the product has one. */
  readonly dg13: 'none' | 'vn-2021' | DeclaredStructure;
  /** Formats of DG2, DG3 and DG4; those of ISO/IEC 19794 by default. */
  readonly biometricFormat?: BiometricFormat | BiometricFormatSwitch;
  /** What stands in DG12 as the serial number of the personalization system. */
  readonly personalizationSystem?: string;
}

/** The two generations of biometric formats that Doc 9303-10 knows. */
export const BIOMETRIC_FORMATS = [19794, 39794] as const;
export type BiometricFormat = (typeof BIOMETRIC_FORMATS)[number];

/** A campaign that changes over: documents issued until a day have the former format. */
export interface BiometricFormatSwitch {
  /** The last day, `YYYY-MM-DD`, of ISO/IEC 19794. */
  readonly until: string;
  readonly then: 39794;
}

/** A DG13 of an issuer's own: a list of tags and members, as DG11 and DG12 have it. */
export interface DeclaredStructure {
  readonly structure: 'tagged';
  readonly members: readonly DeclaredMember[];
}

export interface DeclaredMember {
  /** Hexadecimal, one to three bytes, primitive. */
  readonly tag: string;
  /** `digits` is a date as `yyyymmdd`. */
  readonly type: 'text' | 'digits';
  readonly field: DeclaredField;
  readonly maxBytes?: number;
}

/** Members of the record that are text or a date and may stand in a DG13 of one's own. */
export const DECLARED_FIELDS = [
  'personalNumber',
  'dateOfBirth',
  'dateOfIssue',
  'placeOfOrigin',
  'placeOfResidence',
  'ethnicity',
  'religion',
  'identifyingFeatures',
  'father',
  'mother',
  'spouse',
  'oldIdNumber',
  'placeOfBirth',
  'address',
  'telephone',
  'profession',
  'issuingAuthority',
  'deliveryOffice',
] as const satisfies readonly (keyof ApprovedRecord)[];
export type DeclaredField = (typeof DECLARED_FIELDS)[number];

export const DG11_FIELDS = [
  'fullName',
  'otherNames',
  'personalNumber',
  'dateOfBirth',
  'placeOfBirth',
  'address',
  'telephone',
  'profession',
  'title',
  'personalSummary',
  'proofOfCitizenship',
  'otherDocumentNumbers',
  'custody',
] as const;
export type Dg11Field = (typeof DG11_FIELDS)[number];

export const DG12_FIELDS = [
  'issuingAuthority',
  'dateOfIssue',
  'otherPersons',
  'endorsements',
  'taxOrExitRequirements',
  'imageOfFront',
  'imageOfRear',
  'personalizationTime',
  'personalizationSystem',
] as const;
export type Dg12Field = (typeof DG12_FIELDS)[number];
