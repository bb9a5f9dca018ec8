import type { RecordName } from '../document/approved-record';
import type { IdentityRules } from '../profile/product';
import type { Reasons } from './reasons';

/** A name as it is printed, and the identifiers into which it is divided [9303-3 §3.4]. */
export interface HolderName {
  readonly fullName: string;
  readonly primary: string;
  /** Empty when the holder has a primary identifier only. */
  readonly secondary: string;
}

/**
 * Divides a name by the product's rule; a name that the record has divided stays as it is.
 * Vietnamese names put the family name first, so its first word is the primary identifier.
 */
export function divideName(
  name: RecordName,
  rule: IdentityRules['nameSplit'],
  reasons: Reasons,
): HolderName {
  if ('primary' in name) {
    const primary = tidy(name.primary);
    const secondary = tidy(name.secondary);
    if (primary === '') reasons.add('name.primary', 'is empty');
    return { fullName: `${primary} ${secondary}`.trim(), primary, secondary };
  }
  const fullName = tidy(name.full);
  if (fullName === '') reasons.add('name.full', 'is empty');
  if (rule === 'divided-in-record') {
    reasons.add('name', 'this product needs the primary and secondary identifier apart');
  }
  if (rule !== 'first-word') return { fullName, primary: fullName, secondary: '' };
  const space = fullName.indexOf(' ');
  return space < 0
    ? { fullName, primary: fullName, secondary: '' }
    : { fullName, primary: fullName.slice(0, space), secondary: fullName.slice(space + 1) };
}

/** NFC, and one space where several or other white space stood. */
function tidy(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
