import type { CardFace } from './document/card-face';
import type { Holder } from './document/holder';
import { ProductionError, type ErrorCode } from './errors';
import { composeFace } from './face/compose-face';
import { parseFaceLayout } from './face/parse-face-layout';
import type { Line } from './line-parts';
import type { ProductProfile } from './profile/product';

/** What of the line it takes to compose the printed face of a document. */
export interface FacePreparing extends Pick<Line, 'profiles' | 'typesetter'> {
  /**
   * Is told what of the holder's texts cannot be printed, where nothing is printed: the document is
   * made all the same, and its face has no sides. Without it such a document is refused.
   */
  readonly tellFace?: (fault: ProductionError) => void;
}

const OF_THE_TEXTS: ReadonlySet<ErrorCode> = new Set(['FACE_OVERFLOW', 'FACE_UNPRINTABLE']);

/**
 * The printed face of a document in its product's layout.
 *
 * @throws ProductionError `PROFILE_INVALID`; `FACE_OVERFLOW` and `FACE_UNPRINTABLE` where nobody is
 * told of them.
 */
export async function prepareFace(
  { holder, product }: { readonly holder: Holder; readonly product: ProductProfile },
  { profiles, typesetter, tellFace }: FacePreparing,
): Promise<CardFace> {
  const { text, file } = await profiles.readProfile('faces', product.face);
  const layout = parseFaceLayout(text, file);
  try {
    return composeFace({ holder, product, layout, typesetter });
  } catch (error) {
    const isToTell = error instanceof ProductionError && OF_THE_TEXTS.has(error.code);
    if (tellFace === undefined || !isToTell) throw error;
    tellFace(error);
    const { widthMm, heightMm, cornerRadiusMm } = layout;
    return { widthMm, heightMm, cornerRadiusMm, sides: [] };
  }
}
