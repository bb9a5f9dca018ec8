import type { FaceQr, FaceRectangle } from '../../production/document/card-face';
import type { PdfSheet } from './pdf-sheet';

/**
 * A QR symbol as vectors, one rectangle for each run of dark modules in a row: no gaps between
 * neighbours at any resolution, and edges on whole printer dots.
 */
export function drawQr(sheet: PdfSheet, element: FaceQr): void {
  const { symbol, moduleMm, xMm, yMm } = element;
  const { stream } = sheet;
  for (let row = 0; row < symbol.size; row++) {
    let start: number | undefined;
    for (let column = 0; column <= symbol.size; column++) {
      const dark = column < symbol.size && symbol.modules[row * symbol.size + column] === 1;
      if (dark) start ??= column;
      if (dark || start === undefined) continue;
      const corner = [xMm + start * moduleMm, yMm + row * moduleMm];
      const extent = [(column - start) * moduleMm, moduleMm];
      stream.operator(`${[...corner, ...extent].map((value) => value.toFixed(4)).join(' ')} re`);
      start = undefined;
    }
  }
  stream.fill(element.colour);
}

export function drawRectangle(sheet: PdfSheet, element: FaceRectangle): void {
  const { box, radiusMm } = element;
  const { stream } = sheet;
  stream.save();
  if (element.opacity < 1) stream.blend(element.opacity);
  const trace = () =>
    stream.rectangle({ x: box.xMm, y: box.yMm }, box.widthMm, box.heightMm, radiusMm);
  if (element.fill !== undefined) {
    trace();
    stream.fill(element.fill);
  }
  if (element.stroke !== undefined) {
    trace();
    stream.stroke(element.stroke, element.strokeWidthMm);
  }
  stream.restore();
}
