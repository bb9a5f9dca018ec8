import { mrzLinesOf, readContents } from '../lds-contents';
import { readMrzFields } from '../../../standards/mrz/parse-mrz';
import type { MrzFields } from '../../../standards/mrz/mrz-fields';
import { attempt, valueOf } from '../parsed';

/** What the page says of the holder, all of it from EF.DG1. */
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
  const mrzLines = mrzLinesOf(readContents(files));
  if (mrzLines === undefined) return undefined;
  const fields = valueOf(attempt(() => readMrzFields(mrzLines.join(''))));
  return fields && { mrzLines, ...wordsOf(fields) };
}

function wordsOf(fields: MrzFields): Omit<HolderView, 'mrzLines'> {
  return {
    name: fields.name
      .split('<<')
      .map((part) => part.replaceAll('<', ' '))
      .join(' '),
    documentNumber: fields.documentNumber,
    dateOfBirth: formatDate(fields.dateOfBirth),
    sex: fields.sex === '<' ? 'X' : fields.sex,
    nationality: fields.nationality,
    issuingState: fields.issuingState,
    dateOfExpiry: formatDate(fields.dateOfExpiry),
  };
}

/** `YYMMDD` as `dd/mm/yy`; the century is not in the MRZ and is not guessed. */
function formatDate(date: string): string {
  const [year = '', month = '', day = ''] = date.match(/../g) ?? [];
  return `${day}/${month}/${year}`.replaceAll('<', '–');
}
