import { MalformedError } from '../../standards/bytes/malformed';
import { findDocumentCodeFault } from '../../standards/mrz/document-code';
import { nameComponents } from '../../standards/mrz/mrz-name';
import type { ApprovedRecord } from '../document/approved-record';
import { OPTIONAL_RECORD_FIELDS, type ProductProfile } from '../profile/product';
import { transliterationRulesOf } from '../profile/transliteration-rules';
import { isName } from './check-text';
import type { RecordProblem } from './record-problem';

/** Characters of the document number that a TD3 has; TD1 and TD2 go on in the optional data. */
const TD3_DOCUMENT_NUMBER_MAX = 9;

/** What the product asks of a record, beyond its named checks. */
export function findProductProblems(
  record: Partial<ApprovedRecord>,
  product: ProductProfile | undefined,
): readonly RecordProblem[] {
  if (product === undefined) {
    const reason = 'there is no such product';
    return record.profile === undefined ? [] : [{ field: 'profile', reason }];
  }
  return [
    ...findFieldProblems(record, product),
    ...findStateProblems(record, product),
    ...findNumberProblems(record, product),
    ...findNameProblems(record, product),
    ...findDocumentCodeProblems(record, product),
    ...findSampleProblems(record),
  ];
}

function findFieldProblems(
  record: Partial<ApprovedRecord>,
  product: ProductProfile,
): RecordProblem[] {
  const { required, allowed } = product.record;
  return OPTIONAL_RECORD_FIELDS.flatMap((field) => {
    const isThere = field in record;
    if (required.includes(field) && !isThere) {
      return [{ field, reason: `is missing; ${product.name} needs it` }];
    }
    if (isThere && !required.includes(field) && !allowed.includes(field)) {
      return [{ field, reason: `does not belong to ${product.name}` }];
    }
    return [];
  });
}

function findStateProblems(
  { issuingState }: Partial<ApprovedRecord>,
  product: ProductProfile,
): RecordProblem[] {
  const only = product.issuingState;
  if (only === undefined || issuingState === undefined || issuingState === only) return [];
  return [{ field: 'issuingState', reason: `has to be ${only} for ${product.name}` }];
}

function findNumberProblems(
  { documentNumber }: Partial<ApprovedRecord>,
  product: ProductProfile,
): RecordProblem[] {
  if (documentNumber === undefined || product.form !== 'TD3') return [];
  if (documentNumber.length <= TD3_DOCUMENT_NUMBER_MAX) return [];
  const reason = `is longer than ${TD3_DOCUMENT_NUMBER_MAX} characters`;
  return [{ field: 'documentNumber', reason }];
}

/** The form that the product divides by, and only letters that the MRZ can write. */
function findNameProblems(
  { name }: Partial<ApprovedRecord>,
  product: ProductProfile,
): RecordProblem[] {
  if (name === undefined) return [];
  const divided = product.identity.nameSplit === 'divided-in-record';
  if (divided === 'full' in name) {
    const form = divided ? '{ primary, secondary }' : '{ full }';
    return [{ field: 'name', reason: `has to be given as ${form} for ${product.name}` }];
  }
  const identifiers = 'full' in name ? { primary: name.full, secondary: '' } : name;
  // What is no name at all is said by the check of texts.
  if (!Object.values(identifiers).every((part) => part === '' || isName(part))) return [];
  try {
    nameComponents(identifiers, transliterationRulesOf(product.identity));
    return [];
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return [{ field: 'name', reason: `${error.place} ${error.reason}` }];
  }
}

/** What the date of issue asks of the product's document code [9303-4 §4.4]. */
function findDocumentCodeProblems(
  { dateOfIssue }: Partial<ApprovedRecord>,
  { documentCode, form }: ProductProfile,
): RecordProblem[] {
  if (dateOfIssue === undefined) return [];
  const fault = findDocumentCodeFault(documentCode, form, dateOfIssue);
  return fault === undefined ? [] : [{ field: 'dateOfIssue', reason: `${documentCode}: ${fault}` }];
}

/** Each finger and each eye once. */
function findSampleProblems({
  fingerprints = [],
  irises = [],
}: Partial<ApprovedRecord>): RecordProblem[] {
  const again = (values: readonly string[], field: string): RecordProblem[] =>
    values.flatMap((value, index) =>
      values.indexOf(value) < index
        ? [{ field: `${field}.${index}`, reason: 'is there twice' }]
        : [],
    );
  return [
    ...again(
      fingerprints.map(({ position }) => position),
      'fingerprints',
    ),
    ...again(
      irises.map(({ eye }) => eye),
      'irises',
    ),
  ];
}
