import { encodeNationalDetails, type NationalSpecs } from '../../standards/lds/dg13-national';
import type { ApprovedRecord } from '../document/approved-record';
import type { DeclaredMember, DeclaredStructure } from '../profile/product';
import { digitsOfDate } from './personal-details';

/**
 * EF.DG13 by the structure that the product declares, of what the record has; undefined when it has
 * none of it.
 *
 * @throws MalformedError when a text is longer than the product allows.
 */
export function buildDeclaredDetails(
  { members }: DeclaredStructure,
  record: ApprovedRecord,
): Uint8Array | undefined {
  const given = members.flatMap((member): [DeclaredMember, string][] => {
    const value = record[member.field];
    return value === undefined ? [] : [[member, value]];
  });
  if (given.length === 0) return undefined;
  const specs: NationalSpecs = Object.fromEntries(
    given.map(([{ tag, type, field, maxBytes }]) => [
      field,
      { tag: parseInt(tag, 16), kind: type, ...(maxBytes !== undefined && { maxBytes }) },
    ]),
  );
  const values = given.map(([{ type, field }, value]) => [
    field,
    type === 'digits' ? digitsOfDate(value) : value.normalize('NFC'),
  ]);
  return encodeNationalDetails(specs, Object.fromEntries(values) as Record<string, string>);
}
