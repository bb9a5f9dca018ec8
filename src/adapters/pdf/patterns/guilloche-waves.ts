import { clipToBox, colourAt, type DrawPattern } from './pattern';
import { traceCurve } from './smooth-curve';

const SPACING_MM = 0.62;
const LINE_WIDTH_MM = 0.07;

/** Two families of long waves whose distance swells and shrinks, so that they form moiré shades. */
export const drawGuillocheWaves: DrawPattern = (stream, box, colours) => {
  stream.save();
  clipToBox(stream, box);
  const reach = 9;
  const lines = Math.ceil((box.heightMm + 2 * reach) / SPACING_MM);
  const right = box.xMm + box.widthMm;
  for (const family of [0, 1]) {
    for (let line = 0; line < lines; line++) {
      const base = box.yMm - reach + line * SPACING_MM;
      const phase = family === 0 ? line * 0.045 : Math.PI - line * 0.06;
      const at = (x: number) => ({
        x,
        y:
          base +
          4.2 * Math.sin((2 * Math.PI * x) / (family === 0 ? 71 : 58) + phase) +
          1.5 * Math.sin((2 * Math.PI * x) / 23 + phase * 2.1),
      });
      traceCurve(stream, { at, from: box.xMm, to: right, pieces: Math.ceil(box.widthMm / 3.5) });
      stream.stroke(colourAt(colours, family), LINE_WIDTH_MM);
    }
  }
  stream.restore();
};
