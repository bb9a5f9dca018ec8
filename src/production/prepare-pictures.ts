import type { HolderPictures } from './datagroups/prepare-holder';
import type { RecordWithPictures } from './document/approved-record';
import { ProductionError } from './errors';
import type { PictureProcessor } from './ports';
import type { ProductProfile } from './profile/product';

/** A signature is shown whole, on white, in the shape of its place on the face. */
const SIGNATURE = { widthPx: 720, heightPx: 240, maxBytes: 40_000, fit: 'contain' } as const;

/**
 * The pictures of a record as the product wants them on chip and face.
 *
 * @throws ProductionError `PICTURE_MISSING` and what the processor finds wrong.
 */
export async function preparePictures(
  { record, pictures }: RecordWithPictures,
  product: ProductProfile,
  processor: PictureProcessor,
): Promise<HolderPictures> {
  const bytesOf = (path: string): Uint8Array => {
    const bytes = pictures.get(path);
    if (bytes === undefined) throw new ProductionError('PICTURE_MISSING', path);
    return bytes;
  };
  const portrait = await processor.prepareJpeg(bytesOf(record.portrait), product.portrait);
  if (record.signature === undefined) return { portrait };
  const signature = await processor.prepareJpeg(bytesOf(record.signature), SIGNATURE);
  return { portrait, signature };
}
