import type { Picture } from './picture';

/** The printed sides of one card, resolved: every text, place and picture is decided. */
export interface CardFace {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Radius of the corners, 0 for a page. */
  readonly cornerRadiusMm: number;
  readonly sides: readonly FaceSide[];
}

export type FaceSideName = 'front' | 'back' | 'page';

export interface FaceSide {
  readonly name: FaceSideName;
  /** Drawn in order, the later above the earlier. */
  readonly elements: readonly FaceElement[];
}

/** Millimetres from the upper left corner of the side. */
export interface FaceBox {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

export type FaceElement = FaceText | FacePicture | FaceQr | FaceMrz | FaceRectangle | FacePattern;

export const FACE_FONTS = ['regular', 'medium', 'semibold', 'bold', 'italic'] as const;

export type FaceFont = (typeof FACE_FONTS)[number];

/** One line of text, already measured and fitted: it is printed exactly where it stands. */
export interface FaceText {
  readonly kind: 'text';
  readonly xMm: number;
  /** Base line. */
  readonly yMm: number;
  readonly text: string;
  readonly font: FaceFont;
  readonly sizePt: number;
  /** Extra space after every character. */
  readonly trackingMm: number;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Where the text came from, for messages and tests: a field name, never content. */
  readonly source: string;
}

export interface FacePicture {
  readonly kind: 'picture';
  readonly box: FaceBox;
  readonly picture: Picture;
  /** `cover` fills the box and cuts what is beyond it, `contain` shows all of the picture. */
  readonly fit: 'cover' | 'contain';
  /** 1 is opaque; a ghost portrait is fainter. */
  readonly opacity: number;
  /** `multiply` lets a light background of the picture vanish into the print below. */
  readonly blend: 'normal' | 'multiply';
  readonly radiusMm: number;
}

/** A QR symbol of whole printer dots a module. */
export interface FaceQr {
  readonly kind: 'qr';
  /** Upper left corner of the first module; the quiet zone lies around it. */
  readonly xMm: number;
  readonly yMm: number;
  readonly moduleMm: number;
  readonly symbol: QrSymbol;
  readonly colour: string;
}

/** A square of modules, row by row. */
export interface QrSymbol {
  readonly size: number;
  /** 1 is dark; `size * size` entries. */
  readonly modules: Uint8Array;
}

export type QrErrorCorrection = 'L' | 'M' | 'Q' | 'H';

/** Lines of the machine readable zone: OCR-B size 1, 10 characters to 25.4 mm [9303-3 §4.4]. */
export interface FaceMrz {
  readonly kind: 'mrz';
  readonly xMm: number;
  /** Base line of the first line. */
  readonly yMm: number;
  readonly lineSpacingMm: number;
  readonly lines: readonly string[];
}

export interface FaceRectangle {
  readonly kind: 'rectangle';
  readonly box: FaceBox;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidthMm: number;
  readonly radiusMm: number;
  readonly opacity: number;
}

/** What a printer can draw by name; a layout that names another one is refused. */
export const FACE_PATTERN_NAMES = [
  'wash',
  'guilloche-waves',
  'guilloche-ribbon',
  'guilloche-rosette',
  'guilloche-crossing',
  'drum',
  'lotus',
  'star-ring',
  'compass',
  'chip-symbol',
  'chip-contacts',
] as const;

export type FacePatternName = (typeof FACE_PATTERN_NAMES)[number];

/** A drawn background or ornament, the same on every card of a layout. */
export interface FacePattern {
  readonly kind: 'pattern';
  readonly box: FaceBox;
  readonly pattern: FacePatternName;
  /** `#rrggbb` each; how many are wanted is the pattern's own matter, they are used in turn. */
  readonly colours: readonly string[];
  readonly opacity: number;
}
