import type { Dg11 } from '../../standards/lds/dg11';
import type { Dg12 } from '../../standards/lds/dg12';
import type { PersonToNotify } from '../../standards/lds/dg16';
import { splitVisualName } from '../../standards/mrz/mrz-name';
import type { ApprovedRecord } from '../document/approved-record';
import type { Holder } from '../document/holder';
import type { ProductProfile } from '../profile/product';

/** What of a holder the groups of text are made of; pictures where they are there already. */
export type HolderTexts = Pick<Holder, 'record' | 'primaryIdentifier' | 'secondaryIdentifier'> &
  Partial<Pick<Holder, 'proofOfCitizenship' | 'imageOfFront' | 'imageOfRear'>>;

/** Members of DG11 that the product wants and the record has [9303-10 table 72]. */
export function personalDetailsOf(holder: HolderTexts, { lds }: ProductProfile): Dg11 {
  const { record } = holder;
  const values = {
    fullName: dividedName(holder.primaryIdentifier, holder.secondaryIdentifier),
    otherNames: record.otherNames?.map(dividedVisualName),
    personalNumber: record.personalNumber,
    dateOfBirth: digitsOfDate(record.dateOfBirth),
    placeOfBirth: divided(record.placeOfBirth),
    address: divided(record.address ?? record.placeOfResidence),
    telephone: record.telephone,
    profession: record.profession,
    title: record.title,
    personalSummary: record.personalSummary,
    proofOfCitizenship: holder.proofOfCitizenship?.bytes,
    // Numbers are divided by a filler, as parts of an address are [9303-10 table 72].
    otherDocumentNumbers: record.otherDocumentNumbers?.join('<'),
    custody: record.custody,
  } satisfies Members<keyof Dg11>;
  return pick(values, lds.dg11) as Dg11;
}

/** Members of DG12 that the product wants and the record has [9303-10 table 73]. */
export function documentDetailsOf(
  holder: Pick<HolderTexts, 'record' | 'imageOfFront' | 'imageOfRear'>,
  { lds }: ProductProfile,
  personalizationTime: Date,
): Dg12 {
  const { record } = holder;
  const values = {
    issuingAuthority: record.issuingAuthority,
    dateOfIssue: digitsOfDate(record.dateOfIssue),
    otherPersons: record.otherPersons?.map(dividedVisualName),
    endorsements: record.endorsements,
    taxOrExitRequirements: record.taxOrExitRequirements,
    imageOfFront: holder.imageOfFront?.bytes,
    imageOfRear: holder.imageOfRear?.bytes,
    // Doc 9303 names no time zone; coordinated time means the same everywhere.
    personalizationTime: personalizationTime.toISOString().replaceAll(/\D/g, '').slice(0, 14),
    personalizationSystem: lds.personalizationSystem,
  } satisfies Members<keyof Dg12>;
  return pick(values, lds.dg12) as Dg12;
}

/** The persons of DG16 [9303-10 §4.7.16]. */
export function personsToNotifyOf({
  personsToNotify = [],
}: ApprovedRecord): readonly PersonToNotify[] {
  return personsToNotify.map(({ name, recordedOn, telephone, address }) => ({
    recorded: digitsOfDate(recordedOn),
    name: dividedVisualName(name),
    ...(telephone !== undefined && { telephone }),
    ...(address !== undefined && { address: divided(address) ?? '' }),
  }));
}

type Value = string | readonly string[] | Uint8Array;
type Members<Name extends string> = Readonly<Record<Name, Value | undefined>>;

function pick<Name extends string>(
  values: Members<Name>,
  names: readonly Name[],
): Readonly<Partial<Record<Name, Value>>> {
  const given = names.flatMap((name) => {
    const value = values[name];
    return value === undefined || value.length === 0 ? [] : [[name, normalize(value)] as const];
  });
  return Object.fromEntries(given) as Partial<Record<Name, Value>>;
}

function normalize(value: Value): Value {
  if (typeof value === 'string') return value.normalize('NFC');
  return value instanceof Uint8Array ? value : value.map((text) => text.normalize('NFC'));
}

/** A name as the visual zone writes it, a comma between its identifiers. */
function dividedVisualName(text: string): string {
  const { primary, secondary } = splitVisualName(text);
  return dividedName(primary, secondary);
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
export function digitsOfDate(date: string): string {
  return date.replaceAll('-', '').padEnd(8, '0');
}
