import { ProductionError } from '../../production/errors';
import type { RecordWithPictures } from '../../production/document/approved-record';
import { checkRecord, type Products } from '../../production/intake/check-record';
import { readRecordPictures } from '../../production/intake/record-pictures';
import { problemText } from '../../production/intake/record-problem';
import type { PictureProcessor } from '../../production/ports';
import type { Terminal } from '../terminal';
import { openSource } from '../wiring/records';

export interface RecordOrder {
  /** A file with one record; pictures lie beside it. */
  readonly file: string;
  /** The product that the record must be for. */
  readonly product: string;
  readonly products: Products;
  readonly pictures: PictureProcessor;
}

/**
 * One record with its pictures, judged as at intake.
 *
 * @throws ProductionError `RECORD_INVALID` with every reason, `SOURCE_UNREADABLE`.
 */
export async function loadRecord(
  order: RecordOrder,
  terminal: Terminal,
): Promise<RecordWithPictures> {
  const { file, product, products, pictures: processor } = order;
  if (!products.has(product)) throw new ProductionError('PROFILE_UNKNOWN', `product "${product}"`);
  const found = [];
  for await (const one of (await openSource(file)).pull()) {
    found.push(one);
    if (found.length > 1) break;
  }
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const what = only === undefined ? 'it holds no record' : 'it holds more than one record';
    throw new ProductionError('INPUT_MALFORMED', file, [what]);
  }
  const checked = checkRecord(only.bytes, products);
  const usable = checked.outcome === 'right' ? checked.record : checked.usable;
  const { pictures, problems } = await readRecordPictures(usable, checked.product, {
    readPicture: (path, maxBytes) => only.readPicture(path, maxBytes),
    pictures: processor,
  });
  const reasons = [
    ...(checked.outcome === 'wrong' ? checked.problems : []),
    ...problems,
    ...(usable.profile !== undefined && usable.profile !== product
      ? [{ field: 'profile', reason: `is not ${product}` }]
      : []),
  ].map(problemText);
  if (checked.outcome === 'wrong' || reasons.length > 0) {
    throw new ProductionError('RECORD_INVALID', only.place, reasons);
  }
  for (const doubt of checked.doubts) terminal.note(`warning: ${problemText(doubt)}`);
  return { record: checked.record, pictures };
}
