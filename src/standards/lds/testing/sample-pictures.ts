import { concatBytes } from '../../bytes/concat';
import { encodeUint } from '../../bytes/integer';
import { encodeAscii } from '../../bytes/text';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The markers of a WSQ print with nothing of a finger between them. */
export function sampleWsq({ widthPx, heightPx, ppi }: Size & { ppi?: number }): Uint8Array {
  const segment = (marker: number, ...content: readonly Uint8Array[]): Uint8Array => {
    const bytes = concatBytes(...content);
    return concatBytes(encodeUint(marker, 2), encodeUint(bytes.length + 2, 2), bytes);
  };
  const comment = `NIST_COM 2\nPIX_WIDTH ${widthPx}\nPPI ${ppi ?? -1}\n`;
  return concatBytes(
    encodeUint(0xffa0, 2),
    segment(0xffa8, encodeAscii(comment)),
    segment(0xffa4, new Uint8Array(4)),
    segment(0xffa5, new Uint8Array(4)),
    segment(
      0xffa2,
      Uint8Array.of(0, 255),
      encodeUint(heightPx, 2),
      encodeUint(widthPx, 2),
      new Uint8Array(7),
    ),
    segment(0xffa6, new Uint8Array(4)),
    segment(0xffa3, Uint8Array.of(0)),
    new Uint8Array(64).fill(0x5a),
    encodeUint(0xffa1, 2),
  );
}

interface Codestream extends Size {
  readonly components?: number;
  readonly tilePx?: number;
  readonly reversible?: boolean;
}

/** The main header of a JPEG 2000 code stream and its end mark, nothing of a picture between. */
export function sampleCodestream(wish: Codestream): Uint8Array {
  const { widthPx, heightPx, components = 1, tilePx = Math.max(widthPx, heightPx) } = wish;
  const numbers = [widthPx, heightPx, 0, 0, tilePx, tilePx, 0, 0];
  return concatBytes(
    encodeUint(0xff4f_ff51, 4),
    encodeUint(38 + 3 * components, 2),
    encodeUint(0, 2),
    ...numbers.map((number) => encodeUint(number, 4)),
    encodeUint(components, 2),
    ...Array.from({ length: components }, () => Uint8Array.of(7, 1, 1)),
    encodeUint(0xff52, 2),
    encodeUint(12, 2),
    Uint8Array.of(0, 0, 0, 1, 0, 5, 4, 4, 0, wish.reversible === true ? 1 : 0),
    encodeUint(0xff90, 2),
    new Uint8Array(32),
    encodeUint(0xffd9, 2),
  );
}

/** A JP2 file around a code stream, with a resolution of capture where one is given. */
export function sampleJp2(wish: Codestream & { ppi?: number }): Uint8Array {
  const box = (type: string, ...content: readonly Uint8Array[]): Uint8Array => {
    const bytes = concatBytes(...content);
    return concatBytes(encodeUint(bytes.length + 8, 4), encodeAscii(type), bytes);
  };
  const perMetre = encodeUint(Math.round((wish.ppi ?? 0) / 0.0254), 2);
  const one = encodeUint(1, 2);
  const resolution = box('resc', perMetre, one, perMetre, one, Uint8Array.of(0, 0));
  return concatBytes(
    box('jP  ', Uint8Array.of(0x0d, 0x0a, 0x87, 0x0a)),
    box('ftyp', encodeAscii('jp2 '), new Uint8Array(4), encodeAscii('jp2 ')),
    box(
      'jp2h',
      box('ihdr', encodeUint(wish.heightPx, 4), encodeUint(wish.widthPx, 4), new Uint8Array(6)),
      ...(wish.ppi === undefined ? [] : [box('res ', resolution)]),
    ),
    box('jp2c', sampleCodestream(wish)),
  );
}
