import { encodeDg11, DG11_MEMBERS, parseDg11 } from '../../../../standards/lds/dg11';
import { encodeDg12, DG12_MEMBERS, parseDg12 } from '../../../../standards/lds/dg12';
import { encodeDg16, parseDg16, type PersonToNotify } from '../../../../standards/lds/dg16';
import type { MemberSpec } from '../../../../standards/lds/tagged-members';
import { normalizeName, type Inputs } from '../inputs';
import { readAgain } from './read-lds-file';

/** Names that files use beside those that follow from our own, `placeOfBirth` as `place_of_birth`. */
const DG11_NAMES: Readonly<Partial<Record<keyof typeof DG11_MEMBERS, readonly string[]>>> = {
  fullName: ['name_of_holder', 'name'],
  address: ['permanent_address'],
  telephone: ['tel'],
  personalSummary: ['summary'],
  otherDocumentNumbers: ['other_td_numbers', 'other_valid_td_numbers'],
  custody: ['custody_information'],
  proofOfCitizenship: ['proof_of_citizenship_image'],
};
const DG12_NAMES: Readonly<Partial<Record<keyof typeof DG12_MEMBERS, readonly string[]>>> = {
  taxOrExitRequirements: ['tax_exit', 'tax_exit_requirements', 'tax'],
  personalizationSystem: ['perso_system_serial', 'personalization_system_serial'],
  personalizationTime: ['perso_time', 'personalization_date_time'],
  endorsements: ['observations', 'endorsements_observations'],
  imageOfFront: ['image_front', 'front_image'],
  imageOfRear: ['image_rear', 'rear_image'],
};

export function hasDg11(inputs: Inputs): boolean {
  return Object.keys(DG11_MEMBERS).some((name) => inputs.has(...spellings(name, DG11_NAMES)));
}

export function hasDg12(inputs: Inputs): boolean {
  return Object.keys(DG12_MEMBERS).some((name) => inputs.has(...spellings(name, DG12_NAMES)));
}

export function dg11Of(inputs: Inputs): Uint8Array {
  const members = collect(inputs, DG11_MEMBERS, DG11_NAMES);
  return readAgain(encodeDg11(members), (file) => parseDg11(file).members, members);
}

export function dg12Of(inputs: Inputs): Uint8Array {
  const members = collect(inputs, DG12_MEMBERS, DG12_NAMES);
  return readAgain(encodeDg12(members), (file) => parseDg12(file).members, members);
}

export function dg16Of(inputs: Inputs): Uint8Array {
  const persons = inputs.objects('persons').map((person): PersonToNotify => ({
    recorded: person.text('date', 'recorded'),
    name: person.text('name'),
    ...(person.has('tel', 'telephone') ? { telephone: person.text('tel', 'telephone') } : {}),
    ...(person.has('addr', 'address') ? { address: person.text('addr', 'address') } : {}),
  }));
  return readAgain(encodeDg16(persons), parseDg16, persons);
}

function spellings(
  name: string,
  others: Readonly<Partial<Record<string, readonly string[]>>>,
): readonly string[] {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return [snake, normalizeName(name), ...(others[name] ?? [])];
}

function collect(
  inputs: Inputs,
  specs: Readonly<Record<string, MemberSpec>>,
  others: Readonly<Partial<Record<string, readonly string[]>>>,
): Readonly<Record<string, unknown>> {
  const found: (readonly [string, unknown])[] = [];
  for (const [name, { kind }] of Object.entries(specs)) {
    const names = spellings(name, others);
    if (!inputs.has(...names)) continue;
    if (kind === 'bytes') found.push([name, inputs.hex(...names)]);
    else if (kind === 'list') found.push([name, inputs.texts(...names)]);
    else found.push([name, inputs.text(...names)]);
  }
  return Object.fromEntries(found);
}
