import type {
  FaceFont,
  FacePatternName,
  FaceSideName,
  QrErrorCorrection,
} from '../document/card-face';
import type { DocumentForm } from '../document/holder';

/**
 * Where everything stands on a card: one file in `card-profiles/faces/`, positions in millimetres
 * from the upper left corner. The parser in `parse-face-layout.ts` reads it strictly; every member
 * is explained in `card-profiles/faces/README.md`.
 */
export interface FaceLayout {
  readonly name: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly form: DocumentForm;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly cornerRadiusMm: number;
  /** Resolution of the card printer; QR modules are whole dots of it. */
  readonly dotsPerInch: number;
  /** How dates, sex and states are written. */
  readonly convention: FaceConvention;
  readonly styles: Readonly<Record<string, TextStyle>>;
  readonly sides: readonly LayoutSide[];
}

export const FACE_CONVENTIONS = ['vn', 'icao'] as const;

export type FaceConvention = (typeof FACE_CONVENTIONS)[number];

export interface TextStyle {
  readonly font: FaceFont;
  readonly sizePt: number;
  /** A text shrinks to this size before it is refused as too long for its place. */
  readonly minSizePt: number;
  readonly colour: string;
  readonly trackingMm?: number;
  readonly letters?: 'as-is' | 'upper-case';
}

export interface LayoutSide {
  readonly name: FaceSideName;
  /** Drawn in order, the later above the earlier. */
  readonly elements: readonly LayoutElement[];
}

export type PairMm = readonly [number, number];

export type LayoutElement =
  | LayoutText
  | LayoutLabel
  | LayoutValue
  | LayoutPicture
  | LayoutQr
  | LayoutMrz
  | LayoutRectangle
  | LayoutPattern;

export type Align = 'left' | 'centre' | 'right';

interface TextPlace {
  /** Left end of the first base line. */
  readonly atMm: PairMm;
  readonly widthMm: number;
  readonly style: string;
  readonly align?: Align;
}

/** A text of the form itself. */
export interface LayoutText extends TextPlace {
  readonly draw: 'text';
  readonly text: string;
}

/** A field's name in two languages, `Số / No.`, the second in a style of its own. */
export interface LayoutLabel extends TextPlace {
  readonly draw: 'label';
  readonly first: string;
  readonly second: string;
  readonly secondStyle: string;
}

/** What the record says. */
export interface LayoutValue extends TextPlace {
  readonly draw: 'value';
  readonly of: FaceField;
  readonly maxLines?: number;
  readonly lineSpacingMm?: number;
  /** How much further to the right the first line begins, beside its label. */
  readonly indentMm?: number;
}

export interface LayoutPicture {
  readonly draw: 'picture';
  readonly of: 'portrait' | 'signature';
  readonly atMm: PairMm;
  readonly sizeMm: PairMm;
  readonly fit: 'cover' | 'contain';
  readonly opacity?: number;
  readonly blend?: 'normal' | 'multiply';
  readonly radiusMm?: number;
}

/** Fields joined by a separator; a field without a value stays in its place, empty. */
export interface LayoutQr {
  readonly draw: 'qr';
  readonly atMm: PairMm;
  /** Side of the square for the symbol and the quiet zone around it. */
  readonly sideMm: number;
  readonly fields: readonly (FaceField | 'empty')[];
  readonly separator: string;
  readonly errorCorrection: QrErrorCorrection;
  readonly colour: string;
  /** Paper colour of the quiet zone; without it the print below shines through. */
  readonly paper?: string;
}

export interface LayoutMrz {
  readonly draw: 'mrz';
  /** Left edge of the first character, and base line of the first line. */
  readonly atMm: PairMm;
  readonly lineSpacingMm: number;
}

export interface LayoutRectangle {
  readonly draw: 'rectangle';
  readonly atMm: PairMm;
  readonly sizeMm: PairMm;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidthMm?: number;
  readonly radiusMm?: number;
  readonly opacity?: number;
}

export interface LayoutPattern {
  readonly draw: 'pattern';
  readonly pattern: FacePatternName;
  readonly atMm: PairMm;
  readonly sizeMm: PairMm;
  readonly colours: readonly string[];
  readonly opacity?: number;
}

/** What can be printed of a holder; `face-values.ts` says how each is written. */
export const FACE_FIELDS = [
  'documentCode',
  'issuingState',
  'documentNumber',
  'personalNumber',
  'oldIdNumber',
  'cardAccessNumber',
  'fullName',
  'primaryIdentifier',
  'secondaryIdentifier',
  'dateOfBirth',
  'placeOfBirth',
  'sex',
  'nationality',
  'ethnicity',
  'religion',
  'placeOfOrigin',
  'placeOfResidence',
  'address',
  'identifyingFeatures',
  'father',
  'mother',
  'spouse',
  'profession',
  'dateOfIssue',
  'dateOfExpiry',
  'issuingAuthority',
] as const;

export type FaceField = (typeof FACE_FIELDS)[number];
