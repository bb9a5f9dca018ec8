import type { LocalText } from '../../../document/inspection-report';
import type { MrzFields } from '../../../../standards/mrz/mrz-fields';
import { type Check, type Finding, passUnless, warn } from '../../check';
import { fieldWords } from '../../compare-contents';
import { type LdsContents, mrzOf } from '../../lds-contents';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

/** What EF.DG11 and the national EF.DG13 repeat of the MRZ must be the same. */
export const holderAgrees: Check = {
  id: 'persoline:LDS/holder-agrees',
  group: 'agreement',
  title: 'title.holder-agrees',
  clause: '[9303-10 §4.7.11]',
  run: ({ contents }) => {
    const mrz = mrzOf(contents);
    if (mrz === undefined || (!repeats(contents, 'EF.DG11') && !repeats(contents, 'EF.DG13'))) {
      return [];
    }
    return passUnless([...dg11Complaints(contents, mrz), ...dg13Complaints(contents, mrz)]);
  },
};

function repeats(contents: LdsContents, file: 'EF.DG11' | 'EF.DG13'): boolean {
  return contents[file].state === 'good';
}

function dg11Complaints(contents: LdsContents, mrz: MrzFields): Finding[] {
  const birth = valueOf(contents['EF.DG11'])?.members.dateOfBirth;
  // `yyyymmdd`, unknown parts as zeros; the MRZ has fillers there and no century.
  const written = birth?.slice(2).replaceAll('00', '<<');
  const known = mrz.dateOfBirth.replaceAll('00', '<<');
  return written === undefined || birth?.length !== 8 || written === known
    ? []
    : [complaint('EF.DG11', fieldWords('dateOfBirth'))];
}

function dg13Complaints(contents: LdsContents, mrz: MrzFields): Finding[] {
  const dg13 = valueOf(contents['EF.DG13']);
  if (dg13 === undefined) return [];
  const [, day, month, year] =
    /^(\d{2})\/(\d{2})\/\d{2}(\d{2})$/.exec(dg13.dateOfBirth ?? '') ?? [];
  const birthDiffers = day !== undefined && `${year}${month}${day}` !== mrz.dateOfBirth;
  const numberDiffers = dg13.idNumber !== undefined && !dg13.idNumber.endsWith(mrz.documentNumber);
  return [
    ...(birthDiffers ? [complaint('EF.DG13', fieldWords('dateOfBirth'))] : []),
    ...(numberDiffers ? [complaint('EF.DG13', fieldWords('personalNumber'))] : []),
  ];
}

function complaint(file: string, field: LocalText): Finding {
  return warn(text('holder.differs', { field, file }), { file });
}
