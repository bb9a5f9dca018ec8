import type { ApprovedRecord } from '../../production/document/approved-record';
import { ageOn, isoDay } from './calendar';
import { Dice } from './dice';
import type { InventedPerson, InventionOrder } from './invented-person';

/** A state that issues passports here; UTO is the Utopia of Doc 9303's own examples. */
interface IssuingState {
  readonly code: string;
  readonly authority: string;
  readonly cities: readonly string[];
  readonly family: readonly string[];
  readonly women: readonly string[];
  readonly men: readonly string[];
}

const STATES: readonly IssuingState[] = [
  {
    code: 'UTO',
    authority: 'Passport Office Zenith',
    cities: ['Zenith', 'Nadir', 'Amaurot', 'Anyder'],
    family: ['Eriksson', 'Lindqvist', 'Okafor', 'Marchetti', 'van der Meer', 'Ångström', 'Solberg'],
    women: ['Anna Maria', 'Ingrid', 'Zoë', 'Adaeze', 'Chiara', 'Noor', 'Márta'],
    men: ['Erik', 'José', 'Chidi', 'Luca', 'Jürgen', 'Søren', 'Aron'],
  },
  {
    code: 'D',
    authority: 'Passbehörde Musterhafen',
    cities: ['Musterhafen', 'Beispielstadt', 'Neu Erfunden'],
    family: ['Müstermann', 'Weißenborn-Öhler', 'Jäger', 'Groß', 'von Beispiel'],
    women: ['Gisela', 'Käthe', 'Änne Sophie', 'Lieselotte'],
    men: ['Jürgen', 'Götz', 'Hans-Jörg', 'Matthäus'],
  },
  {
    code: 'VNM',
    authority: 'Cục Quản lý xuất nhập cảnh',
    cities: ['Hà Nội', 'Đà Nẵng', 'Cần Thơ'],
    family: ['Nguyễn', 'Trần', 'Lương', 'Đặng', 'Dương'],
    women: ['Thị Thương', 'Ngọc Ánh', 'Phương Uyên', 'Thùy Dương'],
    men: ['Văn Được', 'Quốc Trường', 'Đức Tường', 'Hữu Phước'],
  },
];

const MIN_AGE = 18;
const MAX_AGE = 80;
const VALID_YEARS = 10;

/** Holders of approved applications for the product `icao-td3-passport`. */
export function inventPassportHolders(
  order: InventionOrder & {
    /** Codes to choose from, `UTO`, `D`, `VNM`; Utopia alone by default. */
    readonly issuingStates?: readonly string[];
  },
): readonly InventedPerson[] {
  const codes = order.issuingStates ?? ['UTO'];
  const states = STATES.filter((state) => codes.includes(state.code));
  const dice = new Dice(order.seed);
  return Array.from({ length: order.count }, (_, index) =>
    inventHolder(dice.fork(), dice.pick(states), { ...order, index }),
  );
}

function inventHolder(
  dice: Dice,
  state: IssuingState,
  { today, seed, index }: InventionOrder & { readonly index: number },
): InventedPerson {
  const woman = dice.chance(0.5);
  const year = today.getUTCFullYear() - dice.integer(MIN_AGE + 1, MAX_AGE);
  const dateOfBirth = `${year}-${twoDigits(dice.integer(1, 12))}-${twoDigits(dice.integer(1, 28))}`;
  const dateOfIssue = isoDay(today);
  const expiryYear = today.getUTCFullYear() + VALID_YEARS;
  // The day before the same day, so that 29 February needs no rule of its own.
  const expiry = new Date(Date.UTC(expiryYear, today.getUTCMonth(), today.getUTCDate()));
  const name = {
    primary: dice.pick(state.family),
    secondary: dice.pick(woman ? state.women : state.men),
  };
  const number = String(index + 1).padStart(6, '0');
  const record: ApprovedRecord = {
    recordId: `PASS-${seed}-${number}`,
    recordVersion: 1,
    profile: 'icao-td3-passport',
    approvedAt: new Date(today.getTime() - dice.integer(1, 72) * 3_600_000).toISOString(),
    approvedBy: `officer-${dice.integer(1, 9)}`,
    issuingState: state.code,
    documentNumber: `${dice.pick('CFGHJKLMNPRTVWXYZ'.split(''))}${seed % 10}${number}`,
    personalNumber: dice.digits(10),
    name,
    dateOfBirth,
    sex: woman ? 'F' : 'M',
    nationality: state.code,
    dateOfIssue,
    dateOfExpiry: isoDay(expiry, -1),
    portrait: `portraits/${number}.jpg`,
    placeOfBirth: dice.pick(state.cities),
    issuingAuthority: state.authority,
    signature: `signatures/${number}.png`,
  };
  const pictureSeed = dice.integer(1, 2 ** 31);
  return {
    record,
    portrait: { seed: pictureSeed, woman, age: ageOn(dateOfBirth, dateOfIssue) },
    signature: { seed: pictureSeed, name: `${name.secondary} ${name.primary}` },
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
