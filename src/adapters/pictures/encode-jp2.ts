import { concatBytes } from '../../standards/bytes/concat';
import { encodeUint } from '../../standards/bytes/integer';
import { encodeAscii } from '../../standards/bytes/text';

const SIGNATURE = Uint8Array.of(0x0d, 0x0a, 0x87, 0x0a);
const COMPONENTS = 3;
const DEPTH_8_BITS = 7;
const JPEG2000 = 7;
const ENUMERATED_COLOUR = 1;
const SRGB = 16;

/** The JP2 file around a code stream of three components in sRGB [ISO 15444-1 §I.4, §I.5]. */
export function encodeJp2(
  codestream: Uint8Array,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Uint8Array {
  const imageHeader = box(
    'ihdr',
    encodeUint(heightPx, 4),
    encodeUint(widthPx, 4),
    encodeUint(COMPONENTS, 2),
    // Compression; the colour space is known; no rights.
    Uint8Array.of(DEPTH_8_BITS, JPEG2000, 0, 0),
  );
  const colour = box('colr', Uint8Array.of(ENUMERATED_COLOUR, 0, 0), encodeUint(SRGB, 4));
  return concatBytes(
    box('jP  ', SIGNATURE),
    box('ftyp', encodeAscii('jp2 '), encodeUint(0, 4), encodeAscii('jp2 ')),
    box('jp2h', imageHeader, colour),
    box('jp2c', codestream),
  );
}

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  return concatBytes(encodeUint(content.length + 8, 4), encodeAscii(type), content);
}
