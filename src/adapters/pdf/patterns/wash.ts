import { clipToBox, type DrawPattern } from './pattern';

/** A soft rainbow print: the colours run into each other from left to right, slightly aslant. */
export const drawWash: DrawPattern = (stream, box, colours) => {
  stream.save();
  clipToBox(stream, box);
  const last = Math.max(colours.length - 1, 1);
  stream.shadeAlong(
    { x: box.xMm, y: box.yMm },
    { x: box.xMm + box.widthMm, y: box.yMm + box.heightMm * 0.25 },
    colours.map((colour, index) => ({ at: index / last, colour })),
  );
  stream.restore();
};
