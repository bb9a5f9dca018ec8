import { centreOf, colourAt, type DrawPattern } from './pattern';
import { traceCurve } from './smooth-curve';

const STRANDS = 18;
const LINE_WIDTH_MM = 0.06;

/** A braid of sine curves between two breathing envelopes, as wide as the box. */
export const drawGuillocheRibbon: DrawPattern = (stream, box, colours) => {
  const middle = centreOf(box).y;
  const waist = box.heightMm * 0.16;
  const belly = box.heightMm / 2 - waist;
  const breath = (x: number) => Math.sin((Math.PI * 3 * (x - box.xMm)) / box.widthMm) ** 2;
  for (let strand = 0; strand < STRANDS; strand++) {
    const phase = (2 * Math.PI * strand) / STRANDS;
    const at = (x: number) => ({
      x,
      y:
        middle + (waist + belly * breath(x)) * Math.sin(((x - box.xMm) * 2 * Math.PI) / 19 + phase),
    });
    traceCurve(stream, {
      at,
      from: box.xMm,
      to: box.xMm + box.widthMm,
      pieces: Math.ceil(box.widthMm / 1.6),
    });
    stream.stroke(colourAt(colours, strand), LINE_WIDTH_MM);
  }
};
