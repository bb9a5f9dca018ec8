import { create, type Font } from 'fontkit';
import { deflateSync } from 'node:zlib';
import { toUnicodeMap } from './to-unicode-map';

/**
 * A font reduced once to the characters that a card can carry, with its PDF streams ready. Every
 * document then embeds the same bytes, which is several times faster than one subset a document
 * and keeps the output the same from run to run.
 */
export interface PrintedFont {
  /** Name with the subset tag. */
  readonly name: string;
  /** PostScript outlines (CFF) or TrueType outlines. */
  readonly outlines: 'cff' | 'truetype';
  /** Deflated font program and ToUnicode map. */
  readonly program: Uint8Array;
  readonly toUnicode: Uint8Array;
  /** Advance widths by glyph number, thousandths of the size. */
  readonly widths: readonly number[];
  readonly descriptor: FontDescriptor;
  /** Number of the glyph within the subset, undefined where the font has none. */
  glyph(codePoint: number): number | undefined;
  /** Kerning between two characters, thousandths of the size; negative draws them together. */
  kerning(left: number, right: number): number;
}

interface FontDescriptor {
  readonly bbox: readonly [number, number, number, number];
  readonly italicAngle: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
}

export function loadPrintedFont(
  bytes: Uint8Array,
  codePoints: Iterable<number>,
  tag: string,
): PrintedFont {
  const font = create(bytes);
  const perMille = 1000 / font.unitsPerEm;
  const subset = font.createSubset();
  const glyphs = new Map<number, number>();
  // Glyph 0 stands for "no such character" and is never printed.
  const widths = [0];
  for (const codePoint of codePoints) {
    if (!font.hasGlyphForCodePoint(codePoint)) continue;
    const glyph = font.glyphForCodePoint(codePoint);
    const number = subset.includeGlyph(glyph.id);
    glyphs.set(codePoint, number);
    widths[number] = glyph.advanceWidth * perMille;
  }
  // A TrueType subset may renumber composite parts while it encodes, never the included glyphs.
  const program = deflateSync(subset.encode(), { level: 9 });
  const kerning = rememberKerning(font, perMille);
  return {
    name: `${tag}+${font.postscriptName}`,
    outlines: subset.cff === undefined ? 'truetype' : 'cff',
    program,
    toUnicode: deflateSync(toUnicodeMap(glyphs), { level: 9 }),
    widths,
    descriptor: describeFont(font, perMille),
    glyph: (codePoint) => glyphs.get(codePoint),
    kerning,
  };
}

/** Shaping is slow and the pairs are few: each pair is asked for once. */
function rememberKerning(font: Font, perMille: number): PrintedFont['kerning'] {
  const pairs = new Map<number, number>();
  return (left, right) => {
    const key = left * 0x110000 + right;
    const known = pairs.get(key);
    if (known !== undefined) return known;
    const together = font.layout(String.fromCodePoint(left, right)).advanceWidth;
    const apart =
      font.glyphForCodePoint(left).advanceWidth + font.glyphForCodePoint(right).advanceWidth;
    const kerning = (together - apart) * perMille;
    pairs.set(key, kerning);
    return kerning;
  };
}

function describeFont(font: Font, perMille: number): FontDescriptor {
  const { minX, minY, maxX, maxY } = font.bbox;
  return {
    bbox: [minX * perMille, minY * perMille, maxX * perMille, maxY * perMille],
    italicAngle: font.italicAngle,
    ascent: font.ascent * perMille,
    descent: font.descent * perMille,
    capHeight: font.capHeight * perMille,
    xHeight: font.xHeight * perMille,
  };
}
