import type { HolderPictures } from './datagroups/prepare-holder';
import type { RecordWithPictures } from './document/approved-record';
import type { Picture } from './document/picture';
import { ProductionError } from './errors';
import { readFingerprint, readIris } from './intake/biometric-samples';
import { PICTURE_FIELDS, pictureWishOf, type PictureField } from './intake/picture-wishes';
import type { PictureProcessor } from './ports';
import type { ProductProfile } from './profile/product';

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
  const prepare = (field: PictureField, path: string): Promise<Picture> =>
    processor.prepare(bytesOf(path), pictureWishOf(field, product));
  const others: Partial<Record<PictureField, Picture>> = {};
  for (const field of PICTURE_FIELDS) {
    const path = record[field];
    if (path !== undefined && field !== 'portrait') others[field] = await prepare(field, path);
  }
  const { fingerprints, irises } = record;
  return {
    ...others,
    portrait: await prepare('portrait', record.portrait),
    ...(fingerprints && {
      fingerprints: fingerprints.map((print) => readFingerprint(print, bytesOf(print.file))),
    }),
    ...(irises && { irises: irises.map((iris) => readIris(iris, bytesOf(iris.file))) }),
  };
}
