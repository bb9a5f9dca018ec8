import type { ContentStream, Point } from '../content-stream';
import { colourAt, type DrawPattern } from './pattern';

const LINE_WIDTH_MM = 0.08;

interface Petal {
  /** Angle from upright, radians. */
  readonly lean: number;
  /** Shares of the flower's height. */
  readonly length: number;
  readonly width: number;
}

/** From the back to the front; each is drawn on both sides. */
const PETALS: readonly Petal[] = [
  { lean: 1.32, length: 0.98, width: 0.2 },
  { lean: 1.02, length: 1, width: 0.24 },
  { lean: 0.7, length: 1, width: 0.27 },
  { lean: 0.36, length: 1, width: 0.29 },
  { lean: 0, length: 1, width: 0.31 },
];

/** An open lotus flower over still water: outlines filled with veins that run to the tip. */
export const drawLotus: DrawPattern = (stream, box, colours) => {
  const root: Point = { x: box.xMm + box.widthMm / 2, y: box.yMm + box.heightMm * 0.84 };
  const height = Math.min(box.heightMm * 0.82, box.widthMm * 0.52);
  for (const petal of PETALS) {
    for (const side of petal.lean === 0 ? [1] : [-1, 1]) {
      stream.save();
      stream.place(root, side * petal.lean);
      drawPetal(stream, petal, height, colours);
      stream.restore();
    }
  }
  for (let ripple = 0; ripple < 5; ripple++) {
    const centre = { x: root.x, y: root.y + height * 0.02 };
    stream.ellipse(centre, height * (0.5 + ripple * 0.16), height * (0.05 + ripple * 0.028));
    stream.stroke(colourAt(colours, 1), LINE_WIDTH_MM);
  }
};

function drawPetal(
  stream: ContentStream,
  petal: Petal,
  height: number,
  colours: readonly string[],
): void {
  const length = petal.length * height;
  const veins = 7;
  for (let vein = -veins; vein <= veins; vein++) {
    const half = (vein / veins) * petal.width * height;
    stream.moveTo({ x: 0, y: 0 });
    stream.curveTo(
      { x: half * 1.5, y: -length * 0.36 },
      { x: half * 1.15, y: -length * 0.74 },
      { x: 0, y: -length },
    );
    const edge = Math.abs(vein) === veins;
    stream.stroke(
      colourAt(colours, edge ? 1 : 0),
      edge ? LINE_WIDTH_MM * 1.6 : LINE_WIDTH_MM * 0.8,
    );
  }
}
