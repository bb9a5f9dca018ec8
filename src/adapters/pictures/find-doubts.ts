import type { HeadPlace, PictureDoubt } from '../../production/document/picture';
import type { PictureWish } from '../../production/ports';
import type { Pixels } from './pixels';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A portrait that loses more than this has another shape than the product's. */
const KEPT_AT_LEAST = 0.9;

/** Enlargement that one does not see. */
const UNSEEN_ENLARGEMENT = 1.25;

/** Standard deviation of brightness, of 255, that a lit wall or a printed pattern stays below. */
const EVEN_DEVIATION = 32;

/** Size of a corner in which no head stands, as parts of the picture. */
const CORNER = { width: 0.12, height: 0.2 } as const;

/** By how much a picture of this size is enlarged for a wish; below 1 it is made smaller. */
export function enlargementOf({ widthPx, heightPx }: Size, wish: PictureWish): number {
  const across = wish.widthPx / widthPx;
  const down = wish.heightPx / heightPx;
  return wish.fit === 'contain' ? Math.min(across, down) : Math.max(across, down);
}

/**
 * What a portrait's head must keep to, as parts of the picture: wider than what ISO/IEC 19794-5
 * has for full frontal pictures, since hair and head covering belong to a silhouette.
 */
const HEAD = { top: [0.01, 0.25], middle: [0.42, 0.58], width: [0.4, 0.85] } as const;

/**
 * What a person should look at in a portrait that fills its size; nothing for pictures that are
 * shown whole. A head is judged by its silhouette, where the background is even enough to show one.
 */
export function findDoubts(
  source: Size,
  { wish, prepared, head }: { wish: PictureWish; prepared: Pixels; head: HeadPlace | undefined },
): readonly PictureDoubt[] {
  if (wish.fit === 'contain') return [];
  const enlargement = enlargementOf(source, wish);
  const kept =
    (wish.widthPx * wish.heightPx) / (source.widthPx * source.heightPx * enlargement ** 2);
  return [
    ...(kept < KEPT_AT_LEAST ? (['cropped'] as const) : []),
    ...(enlargement > UNSEEN_ENLARGEMENT ? (['enlarged'] as const) : []),
    ...(cornerDeviation(prepared) > EVEN_DEVIATION ? (['background-uneven'] as const) : []),
    ...(head !== undefined && isMisplaced(head) ? (['head-place'] as const) : []),
  ];
}

function isMisplaced(head: HeadPlace): boolean {
  return (['top', 'middle', 'width'] as const).some((name) => {
    const [least, most] = HEAD[name];
    return head[name] < least || head[name] > most;
  });
}

/** How much the brightness of both upper corners strays from their common mean. */
function cornerDeviation({ rgb, widthPx, heightPx }: Pixels): number {
  const across = Math.max(1, Math.floor(widthPx * CORNER.width));
  const down = Math.max(1, Math.floor(heightPx * CORNER.height));
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      for (const column of [x, widthPx - 1 - x]) {
        const at = (y * widthPx + column) * 3;
        const [red = 0, green = 0, blue = 0] = rgb.subarray(at, at + 3);
        const brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        count++;
        sum += brightness;
        squares += brightness ** 2;
      }
    }
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean ** 2));
}
