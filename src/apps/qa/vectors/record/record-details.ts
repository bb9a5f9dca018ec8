import { encodeHex } from '../../../../standards/bytes/hex';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { DG11_MEMBERS, encodeDg11, parseDg11 } from '../../../../standards/lds/dg11';
import { DG12_MEMBERS, encodeDg12, parseDg12 } from '../../../../standards/lds/dg12';
import { encodeDg16, parseDg16, type PersonToNotify } from '../../../../standards/lds/dg16';
import type { MemberSpec } from '../../../../standards/lds/tagged-members';
import { LDS } from '../topics/lds';
import { maskBytes, maskDigits, maskText } from './mask-text';
import type { Candidate } from './recording';

type Values = Readonly<Record<string, string | Uint8Array | readonly string[]>>;

/** What stands in EF.DG12 of the issuer and not of the holder. */
const OF_THE_ISSUER = ['issuingAuthority'];
const WHAT = ['every text, date and picture'];

/** EF.DG11, EF.DG12 and EF.DG16 with the same members and lengths, and nobody in them. */
export const DETAIL_MASKS: Readonly<Record<number, (file: Uint8Array) => Uint8Array>> = {
  11: (file) => encodeDg11(maskMembers(parseDg11(file).members, DG11_MEMBERS)),
  12: (file) => encodeDg12(maskMembers(parseDg12(file).members, DG12_MEMBERS)),
  16: (file) => encodeDg16(parseDg16(file).map(maskPerson)),
};

/** @throws MalformedError */
export function recordDg11(file: Uint8Array): Candidate {
  const members = parseDg11(file).members;
  return candidate('ef-dg11', file, {
    real: membersOf(members),
    masked: membersOf(maskMembers(members, DG11_MEMBERS)),
  });
}

/** @throws MalformedError */
export function recordDg12(file: Uint8Array): Candidate {
  const members = parseDg12(file).members;
  return candidate('ef-dg12', file, {
    real: membersOf(members),
    masked: membersOf(maskMembers(members, DG12_MEMBERS)),
  });
}

/** @throws MalformedError */
export function recordDg16(file: Uint8Array): Candidate {
  const persons = parseDg16(file);
  return candidate('ef-dg16', file, {
    real: { persons: persons.map(personOf) },
    masked: { persons: persons.map(maskPerson).map(personOf) },
  });
}

function candidate(
  id: string,
  file: Uint8Array,
  inputs: { readonly real: object; readonly masked: object },
): Candidate {
  const expected = { hex: encodeHex(file), sha256: encodeHex(digestBytes('sha256', file)) };
  return {
    topic: LDS,
    id,
    real: { inputs: { ...inputs.real }, expected },
    masked: { inputs: { ...inputs.masked }, what: WHAT },
  };
}

function maskMembers<Members extends Values>(
  members: Members,
  specs: Readonly<Record<string, MemberSpec>>,
): Members {
  const masked = Object.entries(members).map(([name, value]) => {
    if (OF_THE_ISSUER.includes(name)) return [name, value] as const;
    if (value instanceof Uint8Array) return [name, maskBytes(value)] as const;
    if (typeof value !== 'string') return [name, value.map(maskText)] as const;
    return [name, specs[name]?.kind === 'digits' ? maskDigits(value) : maskText(value)] as const;
  });
  return Object.fromEntries(masked) as Members;
}

function maskPerson({ recorded, ...texts }: PersonToNotify): PersonToNotify {
  const masked = Object.entries(texts).map(([name, value]) => [name, maskText(value)]);
  return { recorded: maskDigits(recorded), ...(Object.fromEntries(masked) as typeof texts) };
}

/** Members under the names of vector files, `placeOfBirth` as `place_of_birth`. */
function membersOf(members: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value instanceof Uint8Array ? encodeHex(value) : value,
    ]),
  );
}

function personOf({ recorded, name, telephone, address }: PersonToNotify): object {
  return {
    date: recorded,
    name,
    ...(telephone === undefined ? {} : { tel: telephone }),
    ...(address === undefined ? {} : { addr: address }),
  };
}
