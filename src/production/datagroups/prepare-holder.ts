import { encodeDg11 } from '../../standards/lds/dg11';
import { encodeDg12 } from '../../standards/lds/dg12';
import { encodeDg16 } from '../../standards/lds/dg16';
import {
  encodeVietnameseDetails,
  listLongVietnameseItems,
  type VietnameseDetails,
} from '../../standards/lds/dg13-vietnam';
import type { ApprovedRecord } from '../document/approved-record';
import type { Holder } from '../document/holder';
import type { HeadPlace, Picture, PictureDoubt } from '../document/picture';
import { ProductionError } from '../errors';
import type { ProductProfile } from '../profile/product';
import { biometricFormatOf, ONLY_39794_SINCE } from './biometric-groups';
import { buildDeclaredDetails } from './declared-details';
import { buildHolderMrz } from './holder-mrz';
import { divideName } from './holder-name';
import { cardAccessNumberOf } from './holder-numbers';
import { holderWarning, type HolderWarning, type HolderWarningCode } from './holder-warning';
import { documentDetailsOf, personalDetailsOf, personsToNotifyOf } from './personal-details';
import { Reasons } from './reasons';
import { vietnameseDetailsOf } from './vietnamese-details';

/** Pictures of a holder, already decoded, checked and encoded anew; prints as they came. */
export type HolderPictures = Pick<Holder, 'portrait'> &
  Partial<
    Pick<
      Holder,
      | 'signature'
      | 'displayedPortrait'
      | 'proofOfCitizenship'
      | 'imageOfFront'
      | 'imageOfRear'
      | 'fingerprints'
      | 'irises'
    >
  >;

/** A holder, and what a person should have seen before the document is approved for making. */
export interface PreparedHolder {
  readonly holder: Holder;
  readonly warnings: readonly HolderWarning[];
}

/**
 * Reads a record through its product: number, name, MRZ, access secrets. What comes out is all that
 * chip and face say, so that both say the same.
 *
 * @throws ProductionError `RECORD_INVALID` with every reason at once; reasons name fields, never
 * their content.
 */
export function prepareHolder(
  record: ApprovedRecord,
  product: ProductProfile,
  pictures: HolderPictures,
): PreparedHolder {
  const reasons = new Reasons();
  checkProduct(record, product, reasons);
  const name = divideName(record.name, product.identity.nameSplit, reasons);
  const mrz = buildHolderMrz(record, product, { name, reasons });
  const can =
    mrz &&
    cardAccessNumberOf(
      { personalNumber: record.personalNumber, documentNumber: mrz.documentNumber },
      product.identity,
      reasons,
    );
  const texts = {
    record,
    fullName: name.fullName,
    primaryIdentifier: name.primary,
    secondaryIdentifier: name.secondary,
  };
  checkDetails(texts, product, reasons);
  if (mrz === undefined || reasons.found.length > 0) {
    throw new ProductionError('RECORD_INVALID', `record ${record.recordId}`, reasons.found);
  }
  const holder: Holder = {
    ...texts,
    form: product.form,
    documentNumber: mrz.documentNumber,
    mrzLines: mrz.lines,
    access: { mrz: mrz.secret, ...(can !== undefined && { can }) },
    ...pictures,
  };
  return { holder, warnings: listWarnings(holder, product, mrz.truncatedName !== undefined) };
}

function checkProduct(record: ApprovedRecord, product: ProductProfile, reasons: Reasons): void {
  if (record.profile !== product.name) reasons.add('profile', 'names another product');
  if (product.issuingState !== undefined && record.issuingState !== product.issuingState) {
    reasons.add('issuingState', `is not ${product.issuingState}`);
  }
}

/** Stands for the time of personalization, whose length is all that counts here. */
const ANY_TIME = new Date(0);

/** Tries the data groups that hold free text, whose places have bounds of their own. */
function checkDetails(
  texts: Pick<Holder, 'record' | 'fullName' | 'primaryIdentifier' | 'secondaryIdentifier'>,
  product: ProductProfile,
  reasons: Reasons,
): void {
  for (const [name, value] of Object.entries(personalDetailsOf(texts, product))) {
    reasons.attempt(name === 'fullName' ? 'name' : name, () => encodeDg11({ [name]: value }));
  }
  for (const [name, value] of Object.entries(documentDetailsOf(texts, product, ANY_TIME))) {
    reasons.attempt(name, () => encodeDg12({ [name]: value }));
  }
  for (const person of personsToNotifyOf(texts.record)) {
    reasons.attempt('personsToNotify', () => encodeDg16([person]));
  }
  const { dg13 } = product.lds;
  if (typeof dg13 !== 'string') {
    for (const member of dg13.members) {
      const one = { ...dg13, members: [member] };
      reasons.attempt(member.field, () => buildDeclaredDetails(one, texts.record));
    }
  }
  if (dg13 !== 'vn-2021') return;
  for (const [name, value] of Object.entries(vietnameseDetailsOf(texts))) {
    const field = recordFieldOf(name as keyof VietnameseDetails);
    reasons.attempt(field, () => encodeVietnameseDetails({ [name]: value as string }));
  }
}

const PICTURE_WARNINGS = {
  'background-uneven': 'PORTRAIT_BACKGROUND',
  'head-place': 'PORTRAIT_HEAD',
  cropped: 'PORTRAIT_CROPPED',
  enlarged: 'PORTRAIT_ENLARGED',
} as const satisfies Record<PictureDoubt, HolderWarningCode>;

/** What of a record is meant for these files alone, as far as the chip goes. */
const BIOMETRIC_FILES = [
  ['fingerprints', 'EF.DG3'],
  ['irises', 'EF.DG4'],
] as const;

function listWarnings(
  holder: Holder,
  product: ProductProfile,
  nameTruncated: boolean,
): readonly HolderWarning[] {
  const { dateOfIssue } = holder.record;
  const long =
    product.lds.dg13 === 'vn-2021' ? listLongVietnameseItems(vietnameseDetailsOf(holder)) : [];
  const outdated =
    dateOfIssue >= ONLY_39794_SINCE && biometricFormatOf(product, dateOfIssue) === 19794;
  const leftOut = BIOMETRIC_FILES.filter(
    ([field, file]) => (holder.record[field]?.length ?? 0) > 0 && !product.lds.files.includes(file),
  ).map(([field]) => field);
  const lacksCan =
    product.identity.cardAccessNumber.from !== 'none' && holder.access.can === undefined;
  return [
    ...(nameTruncated ? [holderWarning('NAME_TRUNCATED', 'name')] : []),
    ...long.map((item) => holderWarning('DG13_ITEM_LONG', recordFieldOf(item))),
    ...(lacksCan ? [holderWarning('CARD_ACCESS_NUMBER_MISSING', 'documentNumber')] : []),
    ...leftOut.map((field) => holderWarning('BIOMETRICS_LEFT_OUT', field)),
    ...(outdated ? [holderWarning('BIOMETRICS_OUTDATED', 'dateOfIssue')] : []),
    ...(holder.portrait.doubts ?? []).map((doubt) => pictureWarning(doubt, holder.portrait)),
  ];
}

function pictureWarning(doubt: PictureDoubt, { head }: Picture): HolderWarning {
  const warning = holderWarning(PICTURE_WARNINGS[doubt], 'portrait');
  return doubt === 'head-place' && head !== undefined
    ? { ...warning, figures: describeHead(head) }
    : warning;
}

function describeHead({ top, middle, width }: HeadPlace): string {
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  return (
    `its top ${percent(top)} below the upper edge, its middle ${percent(middle)} from the left, ` +
    `${percent(width)} wide`
  );
}

function recordFieldOf(item: keyof VietnameseDetails): keyof ApprovedRecord {
  switch (item) {
    case 'idNumber':
    case 'cardReference':
      return 'personalNumber';
    case 'fullName':
      return 'name';
    case 'gender':
      return 'sex';
    default:
      return item;
  }
}
