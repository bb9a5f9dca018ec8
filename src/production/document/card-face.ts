import type { Picture } from './picture';

/** The printed sides of one card, resolved: every text, place and picture is decided. */
export interface CardFace {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Radius of the corners, 0 for a page. */
  readonly cornerRadiusMm: number;
  readonly sides: readonly FaceSide[];
}

export interface FaceSide {
  readonly name: 'front' | 'back' | 'page';
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

export type FaceElement =
  FaceText | FacePicture | FaceQr | FaceMrz | FaceRectangle | FaceBackground;

export interface FaceText {
  readonly kind: 'text';
  readonly box: FaceBox;
  readonly text: string;
  readonly font: 'regular' | 'medium' | 'semibold' | 'bold' | 'italic';
  readonly sizePt: number;
  /** The text shrinks to this size before it is refused as too long for its box. */
  readonly minSizePt: number;
  readonly colour: string;
  readonly align: 'left' | 'centre' | 'right';
  readonly maxLines: number;
  /** Where the text came from, for messages: a field name, never content. */
  readonly source: string;
}

export interface FacePicture {
  readonly kind: 'picture';
  readonly box: FaceBox;
  readonly picture: Picture;
  /** 1 is opaque; a ghost portrait is fainter. */
  readonly opacity: number;
}

export interface FaceQr {
  readonly kind: 'qr';
  readonly box: FaceBox;
  readonly text: string;
  readonly errorCorrection: 'L' | 'M' | 'Q' | 'H';
}

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
  readonly strokeWidthMm?: number;
  readonly radiusMm?: number;
}

/** A drawn background by the name of its pattern, for instance guilloche, emblem or drum. */
export interface FaceBackground {
  readonly kind: 'background';
  readonly box: FaceBox;
  readonly pattern: string;
  readonly colours: readonly string[];
}
