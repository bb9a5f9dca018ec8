import { computeCheckDigit } from '../../standards/mrz/check-digit';
import type { ApprovedRecord } from '../document/approved-record';
import type { IdentityRules, ProductProfile } from '../profile/product';
import type { Reasons } from './reasons';

const CAN_PATTERN = /^\d{6}$/;

/** The document number as the product has it: from the record, or the end of the personal number. */
export function documentNumberOf(
  record: ApprovedRecord,
  { documentNumber: rule }: IdentityRules,
  reasons: Reasons,
): string | undefined {
  if (rule.from === 'record') {
    if (record.documentNumber === undefined) reasons.add('documentNumber', 'is missing');
    return record.documentNumber;
  }
  if (record.documentNumber !== undefined) {
    reasons.add('documentNumber', 'this product derives it from the personal number');
  }
  const { personalNumber = '' } = record;
  if (personalNumber.length >= rule.lastDigits) return personalNumber.slice(-rule.lastDigits);
  reasons.add('personalNumber', `has fewer than ${rule.lastDigits} characters`);
  return undefined;
}

/** The optional data of the MRZ, in its characters. */
export function optionalDataOf(
  { personalNumber = '' }: ApprovedRecord,
  { identity }: ProductProfile,
  reasons: Reasons,
): string | undefined {
  switch (identity.mrzOptionalData) {
    case 'none':
      return '';
    case 'personal-number':
      return personalNumber;
    case 'vn-personal-number-with-check-digit':
      // The last position of line 1 is a check digit over the personal number alone, which Doc
      // 9303 does not know; every Vietnamese card has it, see docs/vn-cccd-2021.md.
      return reasons.attempt(
        'personalNumber',
        () => `${personalNumber}<<${computeCheckDigit(personalNumber)}`,
      );
  }
}

/**
 * The six digits by which a terminal may open the chip instead of by the MRZ [9303-11 §4.4.4]. A
 * document number may lawfully have fewer: that document has none, and the MRZ opens it.
 */
export function cardAccessNumberOf(
  {
    personalNumber,
    documentNumber,
  }: { readonly personalNumber?: string | undefined; readonly documentNumber: string },
  { cardAccessNumber: rule }: IdentityRules,
  reasons: Reasons,
): string | undefined {
  if (rule.from === 'none') return undefined;
  const source = rule.from === 'personal-number' ? personalNumber : documentNumber;
  const can = (source ?? '').replaceAll(/\D/g, '').slice(-rule.lastDigits);
  if (CAN_PATTERN.test(can)) return can;
  if (rule.from === 'personal-number') {
    const reason = 'has not the six digits that the card access number is taken from';
    reasons.add('personalNumber', reason);
  }
  return undefined;
}
