/**
 * The ToUnicode CMap of a font whose character codes are glyph numbers, so that text can be
 * searched and copied out of the PDF [ISO 32000-1 §9.10.3].
 *
 * @param glyphs glyph number by code point
 */
export function toUnicodeMap(glyphs: ReadonlyMap<number, number>): Uint8Array {
  // Two code points may share a glyph (space and no-break space): the first one is the meaning.
  const meaning = new Map<number, number>();
  for (const [codePoint, glyph] of glyphs) {
    if (!meaning.has(glyph)) meaning.set(glyph, codePoint);
  }
  const lines = [...meaning].map(([glyph, codePoint]) => `<${hex4(glyph)}> <${utf16(codePoint)}>`);
  const blocks: string[] = [];
  const maxLinesPerBlock = 100;
  for (let at = 0; at < lines.length; at += maxLinesPerBlock) {
    const block = lines.slice(at, at + maxLinesPerBlock);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return new TextEncoder().encode([HEADER, ...blocks, TRAILER].join('\n'));
}

const HEADER = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange`;

const TRAILER = `endcmap
CMapName currentdict /CMap defineresource pop
end
end`;

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

function utf16(codePoint: number): string {
  return Array.from(String.fromCodePoint(codePoint))
    .flatMap((character) => character.split(''))
    .map((unit) => hex4(unit.charCodeAt(0)))
    .join('');
}
