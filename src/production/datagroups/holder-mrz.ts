import { findDocumentCodeFault } from '../../standards/mrz/document-code';
import { encodeMrz } from '../../standards/mrz/encode-mrz';
import { encodeMrzDate } from '../../standards/mrz/mrz-date';
import type { MrzFields } from '../../standards/mrz/mrz-fields';
import { encodeMrzName } from '../../standards/mrz/mrz-name';
import { MRZ_LAYOUTS } from '../../standards/mrz/mrz-layout';
import type { FittedName } from '../../standards/mrz/truncate-name';
import type { ApprovedRecord } from '../document/approved-record';
import type { MrzSecret } from '../document/holder';
import type { ProductProfile } from '../profile/product';
import { transliterationRulesOf } from '../profile/transliteration-rules';
import type { HolderName } from './holder-name';
import { documentNumberOf, optionalDataOf } from './holder-numbers';
import type { Reasons } from './reasons';

/** The machine readable zone of a holder, and what of it opens the chip. */
export interface HolderMrz {
  readonly documentNumber: string;
  readonly lines: readonly string[];
  readonly secret: MrzSecret;
  /** The name as it stands there, where it had to be shortened. */
  readonly truncatedName?: string;
}

/** An element of the MRZ, and the field of the record that a person must correct for it. */
const ELEMENTS = [
  ['name', 'name'],
  ['documentNumber', 'documentNumber'],
  ['optionalData', 'personalNumber'],
  ['issuingState', 'issuingState'],
  ['nationality', 'nationality'],
  ['dateOfBirth', 'dateOfBirth'],
  ['dateOfExpiry', 'dateOfExpiry'],
] as const satisfies readonly (readonly [keyof MrzFields, keyof ApprovedRecord])[];

/** Stands beside the one element that is tried. */
const NEUTRAL: Omit<MrzFields, 'form'> = {
  documentCode: 'I',
  issuingState: 'UTO',
  name: 'UTOPIA',
  documentNumber: '0',
  nationality: 'UTO',
  dateOfBirth: '<<<<<<',
  sex: '<',
  dateOfExpiry: '<<<<<<',
  optionalData: '',
  optionalDataLine2: '',
};

/**
 * The MRZ by the product's rules, or nothing when the record has reasons against it. Every element
 * is tried for itself first, so that all reasons come at once.
 */
export function buildHolderMrz(
  record: ApprovedRecord,
  product: ProductProfile,
  { name, reasons }: { readonly name: HolderName; readonly reasons: Reasons },
): HolderMrz | undefined {
  const written = reasons.attempt('name', () => writeName(name, product));
  const elements = {
    name: written?.text,
    documentNumber: documentNumberOf(record, product.identity, reasons),
    optionalData: optionalDataOf(record, product, reasons),
    issuingState: record.issuingState,
    nationality: record.nationality,
    dateOfBirth: reasons.attempt('dateOfBirth', () => encodeMrzDate(record.dateOfBirth)),
    dateOfExpiry: expiryOf(record, product, reasons),
  };
  const codeFault = findDocumentCodeFault(product.documentCode, product.form, record.dateOfIssue);
  if (codeFault !== undefined) reasons.add('dateOfIssue', `${product.documentCode}: ${codeFault}`);
  const derived = product.identity.documentNumber.from === 'personal-number';
  for (const [element, recordField] of ELEMENTS) {
    const value = elements[element];
    if (value === undefined) continue;
    const field = element === 'documentNumber' && derived ? 'personalNumber' : recordField;
    reasons.attempt(field, () => encodeMrz({ ...NEUTRAL, form: product.form, [element]: value }));
  }
  if (reasons.found.length > 0 || written === undefined || !isComplete(elements)) return undefined;
  const optional = placeOptionalData(elements, product, reasons);
  if (optional === undefined) return undefined;
  const fields: MrzFields = {
    ...elements,
    ...optional,
    form: product.form,
    documentCode: product.documentCode.replaceAll('<', ''),
    sex: record.sex === 'X' ? '<' : record.sex,
  };
  const lines = reasons.attempt('documentNumber', () => encodeMrz(fields));
  const { documentNumber, dateOfBirth, dateOfExpiry } = elements;
  return (
    lines && {
      documentNumber,
      lines,
      secret: { documentNumber, dateOfBirth, dateOfExpiry },
      ...(written.truncated && { truncatedName: written.text }),
    }
  );
}

/**
 * A TD1 has optional data in two lines. A long document number takes those of the first, and what
 * would stand there goes to the second [9303-5 §4.2.2 note j].
 */
function placeOptionalData(
  { documentNumber, optionalData }: Elements,
  { form }: ProductProfile,
  reasons: Reasons,
): Pick<MrzFields, 'optionalData' | 'optionalDataLine2'> | undefined {
  const { documentNumber: number, optionalDataLine2: line2 } = MRZ_LAYOUTS[form];
  const isLong = documentNumber.length > number[1] - number[0];
  if (line2 === undefined || !isLong) return { optionalData, optionalDataLine2: '' };
  const room = line2[1] - line2[0];
  if (optionalData.length <= room) return { optionalData: '', optionalDataLine2: optionalData };
  reasons.add('personalNumber', `beside a long document number it has ${room} characters`);
  return undefined;
}

function writeName(name: HolderName, { form, identity }: ProductProfile): FittedName {
  const { truncation } = identity;
  return encodeMrzName(name, {
    form,
    rules: transliterationRulesOf(identity),
    ...(truncation !== undefined && { truncation }),
  });
}

function expiryOf(
  { dateOfExpiry }: ApprovedRecord,
  { identity }: ProductProfile,
  reasons: Reasons,
): string | undefined {
  if (dateOfExpiry === null) return identity.mrzNoExpiry;
  return reasons.attempt('dateOfExpiry', () => encodeMrzDate(dateOfExpiry));
}

type Elements = Readonly<Record<(typeof ELEMENTS)[number][0], string>>;

function isComplete(
  elements: Readonly<Record<keyof Elements, string | undefined>>,
): elements is Elements {
  return Object.values(elements).every((value) => value !== undefined);
}
