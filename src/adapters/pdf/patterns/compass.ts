import { centreOf, colourAt, polar, radiusOf, starPoints, type DrawPattern } from './pattern';

/** A compass rose over a globe's meridians: the ornament of a state that nobody issues for. */
export const drawCompass: DrawPattern = (stream, box, colours) => {
  const centre = centreOf(box);
  const radius = radiusOf(box);
  const dark = colourAt(colours, 0);
  const light = colourAt(colours, 1);

  for (const share of [1, 0.95, 0.7]) {
    stream.ellipse(centre, radius * share);
    stream.stroke(dark, share === 1 ? radius * 0.03 : radius * 0.012);
  }
  for (let tick = 0; tick < 72; tick++) {
    const angle = (2 * Math.PI * tick) / 72;
    stream.moveTo(polar(centre, radius * 0.95, angle));
    stream.lineTo(polar(centre, radius * (tick % 6 === 0 ? 0.86 : 0.91), angle));
  }
  stream.stroke(dark, radius * 0.012);
  for (const share of [0.2, 0.45, 0.65]) {
    stream.ellipse(centre, radius * share, radius * 0.7);
    stream.ellipse(centre, radius * 0.7, radius * share);
  }
  stream.stroke(dark, radius * 0.008);

  for (const [turn, outer, inner] of [
    [Math.PI / 4, 0.56, 0.16],
    [0, 0.84, 0.15],
  ] as const) {
    stream.save();
    stream.place(centre, turn);
    const origin = { x: 0, y: 0 };
    const rose = starPoints(origin, 4, { outer: radius * outer, inner: radius * inner });
    stream.polygon(rose);
    stream.fill(light);
    rose.forEach((corner, index) => {
      const next = rose[(index + 1) % rose.length];
      if (index % 2 === 1 || next === undefined) return;
      stream.polygon([origin, corner, next]);
      stream.fill(dark);
    });
    stream.polygon(rose);
    stream.stroke(dark, radius * 0.012);
    stream.restore();
  }
};
