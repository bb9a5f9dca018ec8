import type { ContentStream, Point } from '../content-stream';
import { centreOf, colourAt, polar, radiusOf, starPoints, type DrawPattern } from './pattern';

const LINE_WIDTH_MM = 0.09;
const RAYS = 14;

/**
 * The face of a bronze drum in our own drawing: a sun of fourteen rays, and around it rings of
 * feathers, circles with a tangent, saw teeth and flying birds.
 */
export const drawDrum: DrawPattern = (stream, box, colours) => {
  const centre = centreOf(box);
  const radius = radiusOf(box);
  const line = colourAt(colours, 0);
  const accent = colourAt(colours, 1);
  const ring = (share: number) => {
    stream.ellipse(centre, radius * share);
    stream.stroke(line, LINE_WIDTH_MM);
  };

  stream.polygon(starPoints(centre, RAYS, { outer: radius * 0.24, inner: radius * 0.09 }));
  stream.stroke(accent, LINE_WIDTH_MM * 1.4);
  feathers(stream, centre, radius, line);
  [0.27, 0.29, 0.36, 0.43, 0.45, 0.52, 0.73, 0.75, 0.82, 0.89, 0.91, 0.985].forEach(ring);
  linkedCircles(stream, centre, { radius: radius * 0.395, size: radius * 0.024 }, line);
  sawTeeth(stream, centre, { inner: radius * 0.455, outer: radius * 0.515, teeth: 60 }, line);
  for (let bird = 0; bird < 10; bird++) {
    const angle = (2 * Math.PI * bird) / 10;
    stream.save();
    stream.place(polar(centre, radius * 0.625, angle), angle - Math.PI / 2);
    flyingBird(stream, radius * 0.1, accent);
    stream.restore();
  }
  linkedCircles(stream, centre, { radius: radius * 0.785, size: radius * 0.026 }, line);
  sawTeeth(stream, centre, { inner: radius * 0.825, outer: radius * 0.885, teeth: 110 }, line);
  sawTeeth(stream, centre, { inner: radius * 0.92, outer: radius * 0.975, teeth: 180 }, line);
};

/** Chevrons between the rays of the sun. */
function feathers(stream: ContentStream, centre: Point, radius: number, colour: string): void {
  for (let ray = 0; ray < RAYS; ray++) {
    const middle = -Math.PI / 2 + ((ray + 0.5) * 2 * Math.PI) / RAYS;
    for (const share of [0.15, 0.185, 0.22]) {
      const spread = 0.13 * (share / 0.22);
      stream.moveTo(polar(centre, radius * (share + 0.035), middle - spread));
      stream.lineTo(polar(centre, radius * share, middle));
      stream.lineTo(polar(centre, radius * (share + 0.035), middle + spread));
      stream.stroke(colour, LINE_WIDTH_MM * 0.8);
    }
  }
}

function linkedCircles(
  stream: ContentStream,
  centre: Point,
  ring: { readonly radius: number; readonly size: number },
  colour: string,
): void {
  const count = Math.floor((2 * Math.PI * ring.radius) / (ring.size * 2.6));
  for (let index = 0; index < count; index++) {
    const angle = (2 * Math.PI * index) / count;
    const next = angle + (2 * Math.PI) / count;
    stream.ellipse(polar(centre, ring.radius, angle), ring.size);
    stream.ellipse(polar(centre, ring.radius, angle), ring.size * 0.3);
    stream.moveTo(polar(centre, ring.radius + ring.size, angle));
    stream.lineTo(polar(centre, ring.radius - ring.size, next));
  }
  stream.stroke(colour, LINE_WIDTH_MM * 0.7);
}

function sawTeeth(
  stream: ContentStream,
  centre: Point,
  ring: { readonly inner: number; readonly outer: number; readonly teeth: number },
  colour: string,
): void {
  for (let tooth = 0; tooth < ring.teeth; tooth++) {
    const angle = (2 * Math.PI * tooth) / ring.teeth;
    const half = Math.PI / ring.teeth;
    stream.moveTo(polar(centre, ring.inner, angle));
    stream.lineTo(polar(centre, ring.outer, angle + half));
    stream.lineTo(polar(centre, ring.inner, angle + 2 * half));
  }
  stream.stroke(colour, LINE_WIDTH_MM * 0.7);
}

/** A long-billed bird with spread wings, its bill to the left. */
function flyingBird(stream: ContentStream, size: number, colour: string): void {
  const p = (x: number, y: number): Point => ({ x: x * size, y: y * size });
  stream.moveTo(p(-1.55, 0.1));
  stream.curveTo(p(-1.1, -0.1), p(-0.9, -0.35), p(-0.6, -0.2));
  stream.curveTo(p(-0.3, -0.1), p(0.1, -0.1), p(0.5, 0));
  stream.lineTo(p(1.5, -0.45));
  stream.lineTo(p(1.6, 0.1));
  stream.lineTo(p(1.45, 0.5));
  stream.lineTo(p(0.5, 0.2));
  stream.curveTo(p(0, 0.35), p(-0.5, 0.15), p(-0.7, 0.05));
  stream.curveTo(p(-1, 0), p(-1.2, 0.1), p(-1.55, 0.1));
  stream.moveTo(p(-0.3, -0.12));
  stream.lineTo(p(0.35, -0.85));
  stream.lineTo(p(0.6, -0.75));
  stream.lineTo(p(0.35, -0.04));
  stream.moveTo(p(-0.25, 0.25));
  stream.lineTo(p(0.3, 0.85));
  stream.lineTo(p(0.55, 0.75));
  stream.lineTo(p(0.35, 0.24));
  stream.stroke(colour, LINE_WIDTH_MM);
}
