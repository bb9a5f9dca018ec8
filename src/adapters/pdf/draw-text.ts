import type { FaceMrz, FaceText } from '../../production/document/card-face';
import { MalformedError } from '../../standards/bytes/malformed';
import type { CardFonts } from './card-fonts';
import type { PdfSheet } from './pdf-sheet';
import { encodeText, POINTS_PER_MM } from './printed-text';

/** Ten characters an inch, whatever the font's own width [9303-3 §4.4]. */
const MRZ_PITCH_MM = 2.54;

export function drawText(sheet: PdfSheet, element: FaceText, fonts: CardFonts): void {
  const font = fonts.text[element.font];
  const sizeMm = (element.sizePt / POINTS_PER_MM).toFixed(4);
  const { stream } = sheet;
  stream.operator('BT');
  stream.operator(`${colourOperands(element.colour)} rg /${sheet.fontName(font)} ${sizeMm} Tf`);
  stream.operator(`${element.trackingMm.toFixed(4)} Tc`);
  stream.operator(`1 0 0 -1 ${element.xMm.toFixed(4)} ${element.yMm.toFixed(4)} Tm`);
  stream.operator(`${encodeText(font, element.text)} TJ ET`);
}

/** The MRZ in black; the size is chosen so that the font's advance is the pitch exactly. */
export function drawMrz(sheet: PdfSheet, element: FaceMrz, fonts: CardFonts): void {
  const font = fonts.mrz;
  const { stream } = sheet;
  element.lines.forEach((line, index) => {
    const advance = mrzAdvance(fonts, line);
    const y = element.yMm + index * element.lineSpacingMm;
    stream.operator(
      `BT 0 0 0 rg /${sheet.fontName(font)} ${(MRZ_PITCH_MM / advance).toFixed(5)} Tf`,
    );
    stream.operator(`0 Tc 1 0 0 -1 ${element.xMm.toFixed(4)} ${y.toFixed(4)} Tm`);
    stream.operator(`${encodeText(font, line)} TJ ET`);
  });
}

/** The one advance width of the characters, as a share of the size. */
function mrzAdvance({ mrz }: CardFonts, line: string): number {
  const advances = new Set(
    Array.from(line, (character) => mrz.widths[mrz.glyph(character.codePointAt(0) ?? 0) ?? 0]),
  );
  const [advance] = advances;
  if (advances.size !== 1 || advance === undefined || advance === 0) {
    throw new MalformedError('MRZ', 'a character outside A-Z, 0-9 and <');
  }
  return advance / 1000;
}

function colourOperands(colour: string): string {
  return [1, 3, 5]
    .map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255).toFixed(3))
    .join(' ');
}
