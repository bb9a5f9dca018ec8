import { centreOf, colourAt, polar, radiusOf, starPoints, type DrawPattern } from './pattern';
import { traceCurve } from './smooth-curve';

/**
 * Our own emblem: a faceted star on a field with fine rays, in a ring of grains. It stands where
 * an authority has its arms and copies none. Colours: field, its shade, metal, its shade.
 */
export const drawStarRing: DrawPattern = (stream, box, colours) => {
  const centre = centreOf(box);
  const radius = radiusOf(box);
  const [field, fieldShade, metal, metalShade] = [0, 1, 2, 3].map((index) =>
    colourAt(colours, index),
  ) as [string, string, string, string];

  const scallop = (angle: number) =>
    polar(centre, radius * (0.975 + 0.025 * Math.cos(36 * angle)), angle);
  traceCurve(stream, { at: scallop, from: 0, to: 2 * Math.PI, pieces: 144 });
  stream.closePath();
  stream.fill(metal);

  stream.save();
  stream.ellipse(centre, radius * 0.9);
  stream.clip();
  stream.shadeAround({ x: centre.x, y: centre.y - radius * 0.25 }, radius * 1.15, [
    { at: 0, colour: field },
    { at: 1, colour: fieldShade },
  ]);
  for (let ray = 0; ray < 72; ray++) {
    const angle = (2 * Math.PI * ray) / 72;
    stream.moveTo(polar(centre, radius * 0.3, angle));
    stream.lineTo(polar(centre, radius * 0.7, angle));
  }
  stream.stroke(metal, 0.025);
  stream.restore();

  stream.ellipse(centre, radius * 0.72);
  stream.stroke(metal, radius * 0.022);
  for (let grain = 0; grain < 40; grain++) {
    const angle = (2 * Math.PI * grain) / 40;
    stream.save();
    stream.place(polar(centre, radius * 0.81, angle), angle + 0.7);
    stream.ellipse({ x: 0, y: 0 }, radius * 0.062, radius * 0.026);
    stream.fill(metal);
    stream.restore();
  }

  const star = starPoints(centre, 5, { outer: radius * 0.58, inner: radius * 0.222 });
  stream.polygon(star);
  stream.fill(metal);
  star.forEach((corner, index) => {
    const next = star[(index + 1) % star.length];
    if (index % 2 === 1 || next === undefined) return;
    stream.polygon([centre, corner, next]);
    stream.fill(metalShade);
  });
};
