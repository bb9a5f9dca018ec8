import type { HeadPlace } from '../../production/document/picture';
import type { Pixels } from './pixels';

/** A colour that strays further than this from that of the background belongs to the person. */
const DISTANCE = 48;
/** Where the background strays so much by itself, a silhouette would say nothing. */
const EVEN_DEVIATION = 14;
const STRIP = { width: 0.08, height: 0.25 } as const;
/** Less of a row than this is noise or a single hair. */
const LEAST_OF_ROW = 0.04;
/** Over this height below the highest point a head is looked for; shoulders come after it. */
const HEAD_HEIGHT = 0.5;
/** What touches both edges of the picture is shoulders, or no background at all. */
const SHOULDERS = 0.92;

/** The place of the head; undefined where the background is not even enough to tell it. */
export function findHead(pixels: Pixels): HeadPlace | undefined {
  const { widthPx, heightPx } = pixels;
  const background = measureBackground(pixels);
  if (background === undefined) return undefined;
  const rows = Array.from({ length: heightPx }, (_, y) => spanOf(pixels, y, background));
  const top = rows.findIndex((row) => row !== undefined);
  if (top < 0) return undefined;
  const head = rows
    .slice(top, top + Math.floor(heightPx * HEAD_HEIGHT))
    .map((row) => row ?? { left: 0, right: 0 });
  const shoulders = head.findIndex(({ left, right }) => right - left > widthPx * SHOULDERS);
  // What reaches from edge to edge at once has no head on it.
  if (shoulders === 0) return undefined;
  const widths = head
    .slice(0, shoulders < 0 ? head.length : shoulders)
    .map(({ left, right }) => right - left);
  const widest = widestBeforeNeck(widths);
  const row = head[widest];
  if (row === undefined || row.right === row.left) return undefined;
  return {
    top: top / heightPx,
    middle: (row.left + row.right) / 2 / widthPx,
    width: (row.right - row.left) / widthPx,
  };
}

interface Span {
  readonly left: number;
  readonly right: number;
}

type Colour = readonly [red: number, green: number, blue: number];

/** The row of the first maximum that a clear narrowing follows: behind it comes the neck. */
function widestBeforeNeck(widths: readonly number[]): number {
  let widest = 0;
  for (const [index, width] of widths.entries()) {
    const best = widths[widest] ?? 0;
    if (width > best) widest = index;
    else if (width < best * 0.8) return widest;
  }
  return widest;
}

/** First and last place of a row that is not background; undefined where nearly all of it is. */
function spanOf({ rgb, widthPx }: Pixels, y: number, background: Colour): Span | undefined {
  let left = -1;
  let right = -1;
  let count = 0;
  for (let x = 0; x < widthPx; x++) {
    const at = (y * widthPx + x) * 3;
    if (distance(rgb, at, background) <= DISTANCE) continue;
    if (left < 0) left = x;
    right = x + 1;
    count++;
  }
  return count < widthPx * LEAST_OF_ROW ? undefined : { left, right };
}

function distance(rgb: Uint8Array, at: number, [red, green, blue]: Colour): number {
  return Math.max(
    Math.abs((rgb[at] ?? 0) - red),
    Math.abs((rgb[at + 1] ?? 0) - green),
    Math.abs((rgb[at + 2] ?? 0) - blue),
  );
}

/** The mean colour of both upper corners; undefined where they stray from it. */
function measureBackground({ rgb, widthPx, heightPx }: Pixels): Colour | undefined {
  const across = Math.max(1, Math.floor(widthPx * STRIP.width));
  const down = Math.max(1, Math.floor(heightPx * STRIP.height));
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      for (const column of [x, widthPx - 1 - x]) {
        const at = (y * widthPx + column) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const value = rgb[at + channel] ?? 0;
          sums[channel] = (sums[channel] ?? 0) + value;
          squares[channel] = (squares[channel] ?? 0) + value ** 2;
        }
      }
    }
  }
  const count = across * down * 2;
  const means = sums.map((sum) => sum / count);
  const isEven = means.every((mean, channel) => {
    const variance = (squares[channel] ?? 0) / count - mean ** 2;
    return Math.sqrt(Math.max(0, variance)) <= EVEN_DEVIATION;
  });
  const [red = 0, green = 0, blue = 0] = means;
  return isEven ? [red, green, blue] : undefined;
}
