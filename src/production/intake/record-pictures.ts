import type { ApprovedRecord } from '../document/approved-record';
import { FINGERPRINT_MAX_BYTES, PICTURE_MAX_BYTES } from '../document/record-limits';
import { ERRORS, ProductionError, type ErrorCode } from '../errors';
import type { PictureProcessor, PictureWish, SourceRecord } from '../ports';
import type { ProductProfile } from '../profile/product';
import type { RecordProblem } from './record-problem';

/** The pictures that a record names, as they were delivered, and what is not right with them. */
export interface RecordPictures {
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly (RecordProblem & { readonly code: ErrorCode })[];
}

interface Wanted {
  readonly field: string;
  readonly path: string;
  readonly maxBytes: number;
  /** Where it has to be a picture that can be prepared so. */
  readonly wish?: PictureWish;
}

/** A signature is only proven to be a picture; its size is the face's matter. */
const SIGNATURE_WISH: PictureWish = { widthPx: 160, heightPx: 60, maxBytes: 20_000 };

/**
 * Reads every picture and proves that those for the face can be made. Fingerprints stay as
 * enrolment delivered them.
 *
 * @throws ProductionError when the source itself fails
 */
export async function readRecordPictures(
  record: Partial<ApprovedRecord>,
  product: ProductProfile | undefined,
  tools: Pick<SourceRecord, 'readPicture'> & { readonly pictures: PictureProcessor },
): Promise<RecordPictures> {
  const pictures = new Map<string, Uint8Array>();
  const problems: (RecordProblem & { readonly code: ErrorCode })[] = [];
  for (const { field, path, maxBytes, wish } of listPictures(record, product)) {
    try {
      const bytes = await tools.readPicture(path, maxBytes);
      if (wish !== undefined) await tools.pictures.prepareJpeg(bytes, wish);
      pictures.set(path, bytes);
    } catch (error) {
      if (!(error instanceof ProductionError) || !error.code.startsWith('PICTURE_')) throw error;
      const reason = [ERRORS[error.code].en, ...error.reasons].join(', ');
      problems.push({ field, reason, code: error.code });
    }
  }
  return { pictures, problems };
}

function listPictures(
  record: Partial<ApprovedRecord>,
  product: ProductProfile | undefined,
): readonly Wanted[] {
  const { portrait, signature, fingerprints = [] } = record;
  const wish = product === undefined ? {} : { wish: product.portrait };
  const face = { maxBytes: PICTURE_MAX_BYTES };
  return [
    ...(portrait === undefined ? [] : [{ field: 'portrait', path: portrait, ...face, ...wish }]),
    ...(signature === undefined
      ? []
      : [{ field: 'signature', path: signature, ...face, wish: SIGNATURE_WISH }]),
    ...fingerprints.map(({ file }, index) => ({
      field: `fingerprints.${index}`,
      path: file,
      maxBytes: FINGERPRINT_MAX_BYTES,
    })),
  ];
}
