import type { ApprovedRecord } from '../../production/document/approved-record';
import { ageOn, isoDay } from './calendar';
import { Dice } from './dice';
import type { InventedPerson, InventionOrder } from './invented-person';
import { expiryDate } from './vn/expiry-date';
import { inventIdentifyingFeature } from './vn/identifying-feature';
import { inventName, type NameSex } from './vn/names';
import { inventPersonalNumber } from './vn/personal-number';
import { inventPlaceOfOrigin, inventResidence, PROVINCES } from './vn/places';

const ETHNIC_GROUPS = [
  ['Kinh', 86],
  ['Tày', 3],
  ['Thái', 3],
  ['Mường', 2],
  ['Khmer', 2],
  ['Hoa', 2],
  ['Nùng', 1],
  ['Ê Đê', 1],
] as const;

const RELIGIONS = [
  ['Không', 84],
  ['Phật giáo', 7],
  ['Công giáo', 6],
  ['Cao Đài', 1.5],
  ['Phật giáo Hòa Hảo', 1.5],
] as const;

/** Chip cards are mandatory from this age (Luật Căn cước công dân 59/2014 Điều 19). */
const MIN_AGE = 14;
const MAX_AGE = 86;

/** Citizens with approved applications for the product `vn-cccd-2021`. */
export function inventCitizens(order: InventionOrder): readonly InventedPerson[] {
  const dice = new Dice(order.seed);
  const taken = new Set<string>();
  return Array.from({ length: order.count }, (_, index) =>
    inventCitizen(dice.fork(), { ...order, index, taken }),
  );
}

interface CitizenOrder extends InventionOrder {
  readonly index: number;
  /** Personal numbers given so far. */
  readonly taken: Set<string>;
}

function inventCitizen(dice: Dice, order: CitizenOrder): InventedPerson {
  const { today, index } = order;
  const sex: NameSex = dice.chance(0.5) ? 'M' : 'F';
  const dateOfBirth = inventBirthday(dice, today);
  const dateOfIssue = isoDay(today);
  const age = ageOn(dateOfBirth, dateOfIssue);
  const name = inventName(dice, sex);
  const home = dice.pick(PROVINCES);
  const number = String(index + 1).padStart(6, '0');
  const record: ApprovedRecord = {
    recordId: `CCCD-${order.seed}-${number}`,
    recordVersion: 1,
    profile: 'vn-cccd-2021',
    approvedAt: new Date(today.getTime() - dice.integer(1, 72) * 3_600_000).toISOString(),
    approvedBy: `duyet-${dice.integer(1, 9)}`,
    issuingState: 'VNM',
    personalNumber: inventFreeNumber(dice, order.taken, {
      provinceCode: home.code,
      year: Number(dateOfBirth.slice(0, 4)),
      sex,
    }),
    name: { full: name.full },
    dateOfBirth,
    sex,
    nationality: 'VNM',
    dateOfIssue,
    dateOfExpiry: expiryDate(dateOfBirth, dateOfIssue),
    portrait: `portraits/${number}.jpg`,
    placeOfOrigin: inventPlaceOfOrigin(dice, home),
    placeOfResidence: inventResidence(
      dice,
      dice.chance(0.6) ? home : dice.pick(PROVINCES),
      dice.chance(0.7) ? 2 : 3,
    ),
    ethnicity: dice.weighted(ETHNIC_GROUPS),
    religion: dice.weighted(RELIGIONS),
    identifyingFeatures: inventIdentifyingFeature(dice),
    father: inventName(dice, 'M', name.family).full,
    mother: inventName(dice, 'F').full,
    ...(age > 24 && dice.chance(0.7) && { spouse: inventName(dice, sex === 'M' ? 'F' : 'M').full }),
    ...(age > 28 && dice.chance(0.8) && { oldIdNumber: dice.digits(9) }),
  };
  return { record, portrait: { seed: dice.integer(1, 2 ** 31), woman: sex === 'F', age } };
}

/** Nobody is born after the 28th, so that every birthday exists in every year. */
function inventBirthday(dice: Dice, today: Date): string {
  const age = dice.integer(MIN_AGE + 1, dice.chance(0.8) ? 62 : MAX_AGE);
  const month = String(dice.integer(1, 12)).padStart(2, '0');
  const day = String(dice.integer(1, 28)).padStart(2, '0');
  return `${today.getUTCFullYear() - age}-${month}-${day}`;
}

function inventFreeNumber(
  dice: Dice,
  taken: Set<string>,
  person: Parameters<typeof inventPersonalNumber>[1],
): string {
  let number = inventPersonalNumber(dice, person);
  while (taken.has(number)) number = inventPersonalNumber(dice, person);
  taken.add(number);
  return number;
}
