import { centreOf, colourAt, polar, radiusOf, type DrawPattern } from './pattern';
import { traceCurve } from './smooth-curve';

const LINE_WIDTH_MM = 0.06;

/** Rings of one petal count and strand count each, the outer first. */
const RINGS = [
  { radius: 0.86, swing: 0.13, petals: 18, strands: 9 },
  { radius: 0.62, swing: 0.2, petals: 12, strands: 10 },
  { radius: 0.3, swing: 0.22, petals: 8, strands: 8 },
] as const;

/** The engine-turned flower of banknotes: each ring is one wave drawn many times with a shift. */
export const drawGuillocheRosette: DrawPattern = (stream, box, colours) => {
  const centre = centreOf(box);
  const outer = radiusOf(box);
  RINGS.forEach((ring, index) => {
    for (let strand = 0; strand < ring.strands; strand++) {
      const shift = (2 * Math.PI * strand) / (ring.strands * ring.petals);
      const at = (angle: number) => {
        const wave = Math.sin(ring.petals * (angle + shift));
        return polar(centre, outer * (ring.radius + ring.swing * wave), angle);
      };
      traceCurve(stream, { at, from: 0, to: 2 * Math.PI, pieces: ring.petals * 6 });
      stream.closePath();
      stream.stroke(colourAt(colours, index), LINE_WIDTH_MM);
    }
  });
};
