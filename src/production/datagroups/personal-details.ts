import type { Dg11 } from '../../standards/lds/dg11';
import type { Dg12 } from '../../standards/lds/dg12';
import type { Holder } from '../document/holder';
import type { ProductProfile } from '../profile/product';

/** Members of DG11 that the product wants and the record has [9303-10 table 72]. */
export function personalDetailsOf(
  holder: Pick<Holder, 'record' | 'primaryIdentifier' | 'secondaryIdentifier'>,
  { lds }: ProductProfile,
): Dg11 {
  const { record } = holder;
  const values = {
    fullName: dividedName(holder.primaryIdentifier, holder.secondaryIdentifier),
    personalNumber: record.personalNumber,
    dateOfBirth: digitsOfDate(record.dateOfBirth),
    placeOfBirth: divided(record.placeOfBirth),
    address: divided(record.address ?? record.placeOfResidence),
    telephone: record.telephone,
    profession: record.profession,
  };
  return pick(values, lds.dg11);
}

/** Members of DG12 that the product wants and the record has [9303-10 table 73]. */
export function documentDetailsOf(
  { record }: Pick<Holder, 'record'>,
  { lds }: ProductProfile,
  personalizationTime: Date,
): Dg12 {
  const values = {
    issuingAuthority: record.issuingAuthority,
    dateOfIssue: digitsOfDate(record.dateOfIssue),
    // Doc 9303 names no time zone; coordinated time means the same everywhere.
    personalizationTime: personalizationTime.toISOString().replaceAll(/\D/g, '').slice(0, 14),
  };
  return pick(values, lds.dg12);
}

function pick<Name extends string>(
  values: Readonly<Record<Name, string | undefined>>,
  names: readonly Name[],
): { readonly [Key in Name]?: string } {
  const given = names.flatMap((name) => {
    const value = values[name];
    return value === undefined || value === '' ? [] : [[name, value.normalize('NFC')] as const];
  });
  return Object.fromEntries(given) as { readonly [Key in Name]?: string };
}

/** `NGUYỄN<<VĂN<ĐƯỢC`: divided as in the MRZ, in national characters, never shortened. */
function dividedName(primary: string, secondary: string): string {
  const joined = (text: string): string => text.trim().replaceAll(/\s+/g, '<');
  return secondary === '' ? joined(primary) : `${joined(primary)}<<${joined(secondary)}`;
}

/** Parts of a place or address that commas divide are divided by a filler. */
function divided(text: string | undefined): string | undefined {
  return text?.replaceAll(/\s*,\s*/g, '<');
}

/** `yyyymmdd`, with zeros for what is not known [9303-10 table 72]. */
function digitsOfDate(date: string): string {
  return date.replaceAll('-', '').padEnd(8, '0');
}
