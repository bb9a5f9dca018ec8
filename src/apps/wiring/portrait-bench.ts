import { encodeJpeg, findBestJpeg } from '../../adapters/pictures/best-jpeg';
import { encodeCodestream, findBestJpeg2000 } from '../../adapters/pictures/best-jpeg2000';
import { createPictureProcessor, openPicture } from '../../adapters/pictures/picture-processor';
import type { PictureWish } from '../../production/ports';

/** One portrait to be measured: as the line makes it, and by the bare codec. */
export interface PortraitBench {
  /** From the file of enrolment to the bytes for the chip. */
  prepare(): Promise<unknown>;
  /** The search for the best quality that fits, of pixels that are in size already. */
  search(): Promise<{ readonly bytes: number; readonly encodings: number }>;
  /** One encoding with the codec, at the quality that the search found. */
  encodeOnce(): Promise<unknown>;
}

export async function openPortraitBench(
  source: Uint8Array,
  wish: PictureWish,
): Promise<PortraitBench> {
  const processor = createPictureProcessor();
  const { pixels } = await openPicture(source, wish);
  const { maxBytes } = wish;
  const prepare = () => processor.prepare(source, wish);
  if (wish.format === 'jpeg2000') {
    const best = required(await findBestJpeg2000(pixels, maxBytes));
    return {
      prepare,
      search: async () => measured(await findBestJpeg2000(pixels, maxBytes)),
      encodeOnce: () => encodeCodestream(pixels, best.wantedBytes),
    };
  }
  const best = required(await findBestJpeg(pixels, maxBytes));
  return {
    prepare,
    search: async () => measured(await findBestJpeg(pixels, maxBytes)),
    encodeOnce: () => encodeJpeg(pixels, best.quality),
  };
}

function required<Best>(best: Best | undefined): Best {
  if (best === undefined) throw new Error('the portrait of the bench does not fit its bytes');
  return best;
}

function measured(best: { readonly bytes: Uint8Array; readonly encodings: number } | undefined) {
  const { bytes, encodings } = required(best);
  return { bytes: bytes.length, encodings };
}
