import { mrzLinesOf, mrzOf, readContents } from '../lds-contents';
import type { MrzFields } from '../../../standards/mrz/mrz-fields';
import { valueOf } from '../parsed';

/** What the page says of the holder: EF.DG1, in full letters where another group has them. */
export interface HolderView {
  readonly mrzLines: readonly string[];
  readonly name: string;
  readonly documentNumber: string;
  readonly dateOfBirth: string;
  readonly sex: string;
  readonly nationality: string;
  readonly issuingState: string;
  readonly dateOfExpiry: string;
}

/** Reads the holder for the page; undefined when EF.DG1 holds no readable MRZ. */
export function readHolder(files: ReadonlyMap<string, Uint8Array>): HolderView | undefined {
  const contents = readContents(files);
  const mrzLines = mrzLinesOf(contents);
  const fields = mrzOf(contents);
  if (mrzLines === undefined || fields === undefined) return undefined;
  const dg11 = valueOf(contents['EF.DG11'])?.members;
  const dg13 = valueOf(contents['EF.DG13']);
  const name = dg13?.fullName ?? (dg11?.fullName && withoutFiller(dg11.fullName));
  const birth =
    dg13?.dateOfBirth ?? dg11?.dateOfBirth?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$3/$2/$1');
  return {
    mrzLines,
    ...wordsOf(fields),
    ...(name === undefined || name === '' ? {} : { name }),
    ...(birth === undefined ? {} : { dateOfBirth: birth }),
  };
}

function wordsOf(fields: MrzFields): Omit<HolderView, 'mrzLines'> {
  return {
    name: withoutFiller(fields.name),
    documentNumber: fields.documentNumber,
    dateOfBirth: formatDate(fields.dateOfBirth),
    sex: fields.sex === '<' ? 'X' : fields.sex,
    nationality: fields.nationality,
    issuingState: fields.issuingState,
    // There were no chips in documents of the last century.
    dateOfExpiry: formatDate(fields.dateOfExpiry).replace(/(\d\d)$/, '20$1'),
  };
}

/** `ERIKSSON<<ANNA<MARIA` as people read it. */
function withoutFiller(name: string): string {
  return name.replaceAll(/<+/g, ' ').trim();
}

/** `YYMMDD` as `dd/mm/yy`; the century is not in the MRZ. */
function formatDate(date: string): string {
  const [year = '', month = '', day = ''] = date.match(/../g) ?? [];
  return `${day}/${month}/${year}`.replaceAll('<', '–');
}
