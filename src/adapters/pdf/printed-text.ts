import type { PrintedFont } from './printed-font';

/** One millimetre is 72 / 25.4 points. */
export const POINTS_PER_MM = 72 / 25.4;

/** Width of a text on one line in thousandths of the size, kerning included. */
export function measureText(font: PrintedFont, text: string): number {
  let width = 0;
  let before: number | undefined;
  for (const codePoint of codePoints(text)) {
    if (before !== undefined) width += font.kerning(before, codePoint);
    width += font.widths[font.glyph(codePoint) ?? 0] ?? 0;
    before = codePoint;
  }
  return width;
}

export function hasAllGlyphs(font: PrintedFont, text: string): boolean {
  return codePoints(text).every((codePoint) => font.glyph(codePoint) !== undefined);
}

/** The operand of a TJ operator: glyph numbers in hexadecimal with kerning between them. */
export function encodeText(font: PrintedFont, text: string): string {
  let out = '[<';
  let before: number | undefined;
  for (const codePoint of codePoints(text)) {
    const kerning = before === undefined ? 0 : font.kerning(before, codePoint);
    if (kerning !== 0) out += `>${(-kerning).toFixed(0)}<`;
    out += (font.glyph(codePoint) ?? 0).toString(16).padStart(4, '0');
    before = codePoint;
  }
  return `${out}>]`;
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
