import { clipToBox, colourAt, type DrawPattern } from './pattern';
import { traceCurve } from './smooth-curve';

const SPACING_MM = 0.8;
const LINE_WIDTH_MM = 0.065;

/** Curves that fan out from the lower corners and cross over the whole box. */
export const drawGuillocheCrossing: DrawPattern = (stream, box, colours) => {
  stream.save();
  clipToBox(stream, box);
  const count = Math.ceil((box.widthMm * 1.5) / SPACING_MM);
  for (const side of [0, 1]) {
    for (let line = 0; line < count; line++) {
      const lean = (line - count * 0.2) * SPACING_MM;
      const at = (t: number) => {
        const along = lean + box.widthMm * 0.5 * t * t + 3.5 * Math.sin(t * 5 + line * 0.03);
        const x = side === 0 ? box.xMm + along : box.xMm + box.widthMm - along;
        return { x: x - (side === 0 ? 1 : -1) * box.widthMm * 0.25, y: box.yMm + box.heightMm * t };
      };
      traceCurve(stream, { at, from: 0, to: 1, pieces: 12 });
      stream.stroke(colourAt(colours, side), LINE_WIDTH_MM);
    }
  }
  stream.restore();
};
