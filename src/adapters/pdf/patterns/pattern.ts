import type { FaceBox } from '../../../production/document/card-face';
import type { ContentStream, Point } from '../content-stream';

/** Draws into a box; colours are used in turn, at least one is given. */
export type DrawPattern = (stream: ContentStream, box: FaceBox, colours: readonly string[]) => void;

export function colourAt(colours: readonly string[], index: number): string {
  return colours[index % colours.length] ?? '#808080';
}

export function centreOf(box: FaceBox): Point {
  return { x: box.xMm + box.widthMm / 2, y: box.yMm + box.heightMm / 2 };
}

/** Radius of the largest circle in the box. */
export function radiusOf(box: FaceBox): number {
  return Math.min(box.widthMm, box.heightMm) / 2;
}

export function clipToBox(stream: ContentStream, box: FaceBox): void {
  stream.rectangle({ x: box.xMm, y: box.yMm }, box.widthMm, box.heightMm);
  stream.clip();
}

export function polar(centre: Point, radius: number, angle: number): Point {
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
}

/** Corners of a star, beginning with an outer one at the top. */
export function starPoints(
  centre: Point,
  rays: number,
  radius: { readonly outer: number; readonly inner: number },
): Point[] {
  return Array.from({ length: rays * 2 }, (_, index) =>
    polar(
      centre,
      index % 2 === 0 ? radius.outer : radius.inner,
      -Math.PI / 2 + (index * Math.PI) / rays,
    ),
  );
}
