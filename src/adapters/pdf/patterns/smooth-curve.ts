import type { ContentStream, Point } from '../content-stream';

export interface Curve {
  readonly at: (parameter: number) => Point;
  readonly from: number;
  readonly to: number;
  /** Number of Bézier pieces. */
  readonly pieces: number;
}

/**
 * A path through a parametric curve: each piece takes its handles from the slopes at its ends, so
 * that few pieces give a line without corners.
 */
export function traceCurve(stream: ContentStream, curve: Curve): void {
  const step = (curve.to - curve.from) / curve.pieces;
  const third = step / 3;
  const slopeAt = (parameter: number): Point => {
    const h = step / 50;
    const before = curve.at(parameter - h);
    const after = curve.at(parameter + h);
    return { x: (after.x - before.x) / (2 * h), y: (after.y - before.y) / (2 * h) };
  };
  let point = curve.at(curve.from);
  let slope = slopeAt(curve.from);
  stream.moveTo(point);
  for (let piece = 1; piece <= curve.pieces; piece++) {
    const parameter = curve.from + piece * step;
    const next = curve.at(parameter);
    const nextSlope = slopeAt(parameter);
    stream.curveTo(
      { x: point.x + slope.x * third, y: point.y + slope.y * third },
      { x: next.x - nextSlope.x * third, y: next.y - nextSlope.y * third },
      next,
    );
    point = next;
    slope = nextSlope;
  }
}
