import type { ApprovedRecord } from '../document/approved-record';
import { ProductionError } from '../errors';
import type { ProductProfile } from '../profile/product';
import { buildHolderMrz } from './holder-mrz';
import { divideName } from './holder-name';
import { Reasons } from './reasons';

/** What the MRZ of a record will hold, for the eyes of whoever approves; never for a log. */
export interface MrzPreview {
  readonly lines: readonly string[];
  /** The whole name, as the face has it. */
  readonly fullName: string;
  /** The name as it stands in the MRZ, where it had to be shortened [9303-3 §4.6]. */
  readonly truncatedName?: string;
}

/**
 * The MRZ before anything is made of the record.
 *
 * @throws ProductionError `RECORD_INVALID` with every reason at once, without their content.
 */
export function previewMrz(record: ApprovedRecord, product: ProductProfile): MrzPreview {
  const reasons = new Reasons();
  const name = divideName(record.name, product.identity.nameSplit, reasons);
  const mrz = buildHolderMrz(record, product, { name, reasons });
  if (mrz === undefined) {
    throw new ProductionError('RECORD_INVALID', `record ${record.recordId}`, reasons.found);
  }
  const { lines, truncatedName } = mrz;
  const { fullName } = name;
  return { lines, fullName, ...(truncatedName !== undefined && { truncatedName }) };
}

/** Why a person must look at a record before it is made; the clauses tell nothing of the holder. */
export function listMrzDoubts(record: ApprovedRecord, product: ProductProfile): readonly string[] {
  const reasons = new Reasons();
  const name = divideName(record.name, product.identity.nameSplit, reasons);
  const mrz = buildHolderMrz(record, product, { name, reasons });
  // What cannot be written at all is refused by other rules, and with its reasons.
  return mrz?.truncatedName === undefined
    ? []
    : ['name: is longer than its place in the MRZ and will stand there shortened'];
}
