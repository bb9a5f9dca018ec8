import type { ApprovedRecord } from '../document/approved-record';
import { FINGERPRINT_MAX_BYTES, PICTURE_MAX_BYTES } from '../document/record-limits';
import { ERRORS, ProductionError, type ErrorCode } from '../errors';
import type { PictureProcessor, SourceRecord } from '../ports';
import type { ProductProfile } from '../profile/product';
import { readFingerprint, readIris } from './biometric-samples';
import { PICTURE_FIELDS, pictureWishOf } from './picture-wishes';
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
  /** Proves that it can be used; the bytes are kept as they are. */
  readonly check: (bytes: Uint8Array, pictures: PictureProcessor) => unknown;
}

/**
 * Reads every picture and proves that it can be prepared as the product wants it. Fingerprints and
 * irises stay as enrolment delivered them; their headers are checked.
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
  for (const { field, path, maxBytes, check } of listPictures(record, product)) {
    try {
      const bytes = await tools.readPicture(path, maxBytes);
      await check(bytes, tools.pictures);
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
  const { fingerprints = [], irises = [] } = record;
  return [
    ...PICTURE_FIELDS.flatMap((field) => {
      const path = record[field];
      if (path === undefined) return [];
      const check: Wanted['check'] = (bytes, pictures) =>
        product === undefined ? undefined : pictures.prepare(bytes, pictureWishOf(field, product));
      return [{ field, path, maxBytes: PICTURE_MAX_BYTES, check }];
    }),
    ...fingerprints.map((reference, index) => ({
      field: `fingerprints.${index}`,
      path: reference.file,
      maxBytes: FINGERPRINT_MAX_BYTES,
      check: (bytes: Uint8Array) => readFingerprint(reference, bytes),
    })),
    ...irises.map((reference, index) => ({
      field: `irises.${index}`,
      path: reference.file,
      maxBytes: FINGERPRINT_MAX_BYTES,
      check: (bytes: Uint8Array) => readIris(reference, bytes),
    })),
  ];
}
