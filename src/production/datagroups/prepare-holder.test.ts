import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovedRecord } from '../document/approved-record';
import { ProductionError } from '../errors';
import type { ProductProfile } from '../profile/product';
import { shippedProduct } from '../profile/testing/shipped-profiles';
import { prepareHolder, type PreparedHolder } from './prepare-holder';
import { PASSPORT_RECORD, SPECIMEN_PORTRAIT, VIETNAMESE_RECORD } from './testing/specimen-records';

const card = shippedProduct('vn-cccd-2021');
const passport = shippedProduct('icao-td3-passport');
const pictures = { portrait: SPECIMEN_PORTRAIT };

function prepareCard(change: Partial<ApprovedRecord> = {}): PreparedHolder {
  return prepareHolder({ ...VIETNAMESE_RECORD, ...change }, card, pictures);
}

function preparePassport(change: Partial<ApprovedRecord> = {}): PreparedHolder {
  return prepareHolder({ ...PASSPORT_RECORD, ...change }, passport, pictures);
}

function reasonsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ProductionError && error.code === 'RECORD_INVALID') return error.reasons;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the Vietnamese card', () => {
  const file = join(__dirname, '../../../test-vectors/mrz/vn-mrz-examples.json');
  const { examples } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly examples: readonly {
      readonly input: Readonly<Record<'personalNumber' | 'dob' | 'expiry' | 'name', string>> & {
        readonly sex: 'M' | 'F';
      };
      readonly mrz: readonly string[];
    }[];
  };
  const isoDate = (text: string, century: string): string =>
    `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`;

  test.each(examples.map((example) => [example.mrz[2], example] as const))(
    'has the MRZ %s',
    (_, { input, mrz }) => {
      const born = Number(input.personalNumber.charAt(3)) < 2 ? '19' : '20';
      const { holder, warnings } = prepareCard({
        personalNumber: input.personalNumber,
        name: { full: input.name },
        dateOfBirth: isoDate(input.dob, born),
        sex: input.sex,
        dateOfExpiry: input.expiry === '991231' ? null : isoDate(input.expiry, '20'),
      });
      expect(holder.mrzLines).toEqual(mrz);
      expect(holder.documentNumber).toBe(input.personalNumber.slice(3));
      expect(holder.access).toEqual({
        mrz: {
          documentNumber: input.personalNumber.slice(3),
          dateOfBirth: input.dob,
          dateOfExpiry: input.expiry,
        },
        can: input.personalNumber.slice(6),
      });
      expect(warnings).toEqual([]);
    },
  );

  test('takes the first word as family name, in NFC and with single spaces', () => {
    const full = 'Nguyễn   Văn\tĐược '.normalize('NFD');
    const { holder } = prepareCard({ name: { full } });
    expect(holder.fullName).toBe('Nguyễn Văn Được');
    expect(holder.primaryIdentifier).toBe('Nguyễn');
    expect(holder.secondaryIdentifier).toBe('Văn Được');
  });

  test('warns of a name that the MRZ shortens, and of texts that readers do not find', () => {
    const { holder, warnings } = prepareCard({
      name: { full: 'Nguyễn Phước Thiên Thanh Trường Giang' },
      placeOfResidence: 'Đường rất dài '.repeat(9),
    });
    expect(holder.mrzLines[2]).toMatch(/^NGUYEN<<PHUOC<[A-Z<]+[A-Z]$/);
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([
      ['NAME_TRUNCATED', 'name'],
      ['DG13_ITEM_LONG', 'placeOfResidence'],
    ]);
    expect(JSON.stringify(warnings)).not.toMatch(/Phước|dài Đường/);
  });
});

describe('the passport', () => {
  test('has the MRZ of the figure in Doc 9303-4', () => {
    const { holder } = preparePassport();
    expect(holder.mrzLines).toEqual([
      'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L898902C36UTO7408122F3404159ZE184226B<<<<<16',
    ]);
    expect(holder.fullName).toBe('Eriksson Anna Maria');
    expect(holder.access.can).toBe('989023');
  });

  test('may be of a holder with one name, unknown birthday and unstated sex, and not expire', () => {
    const { holder } = preparePassport({
      name: { primary: 'Arkfreith', secondary: '' },
      dateOfBirth: '1974',
      sex: 'X',
      dateOfExpiry: null,
    });
    expect(holder.mrzLines[0]).toBe('PPUTOARKFREITH'.padEnd(44, '<'));
    expect(holder.mrzLines[1]?.slice(13, 28)).toBe('74<<<<1<<<<<<<0');
    expect(holder.access.mrz).toEqual({
      documentNumber: 'L898902C3',
      dateOfBirth: '74<<<<',
      dateOfExpiry: '<<<<<<',
    });
  });
});

test('a record is refused with every reason at once, and without its content', () => {
  const reasons = reasonsOf(() =>
    preparePassport({
      profile: 'another',
      name: { primary: 'Marker 7', secondary: '' },
      documentNumber: 'l898902C3',
      personalNumber: 'Marker/1',
      nationality: 'Utopia',
      dateOfBirth: '1974-02-30',
      dateOfExpiry: '2034-13-01',
      address: 'Marker '.repeat(20),
    }),
  );
  expect(reasons.map((reason) => reason.split(':')[0]).sort()).toEqual([
    'address',
    'dateOfBirth',
    'dateOfExpiry',
    'documentNumber',
    'name',
    'nationality',
    'personalNumber',
    'profile',
  ]);
  expect(reasons.join()).toContain('name: character 8 cannot be written in the MRZ');
  expect(reasons.join()).not.toMatch(/Marker|898902|2034/);
});

test.each([
  ['another state', { issuingState: 'UTO' }, 'issuingState: is not VNM'],
  ['no personal number', { personalNumber: '' }, 'personalNumber: has fewer than 9 characters'],
  ['a number of its own', { documentNumber: 'A1' }, 'documentNumber: this product derives it'],
  ['an empty name', { name: { full: ' ' } }, 'name.full: is empty'],
  ['a wrong old number', { oldIdNumber: 'số 1' }, 'oldIdNumber: has other than digits'],
  ['letters in the number', { personalNumber: 'ABCDEFGHIJKL' }, 'personalNumber: has not the six'],
  ['a personal number too long', { personalNumber: '1'.repeat(13) }, 'personalNumber: is longer'],
] as const)('a card for %s is refused', (_, change, reason) => {
  expect(reasonsOf(() => prepareCard(change)).join()).toContain(reason);
});

test('a passport needs its name divided, and its number in the record', () => {
  const { documentNumber, ...record } = PASSPORT_RECORD;
  expect(documentNumber).toBeDefined();
  const reasons = reasonsOf(() =>
    prepareHolder({ ...record, name: { full: 'Anna Eriksson' } }, passport, pictures),
  );
  expect(reasons).toContain('documentNumber: is missing');
  expect(reasons.join()).toContain('name: this product needs');
});

test("the issuer's letters are taken, and a product may have no card access number", () => {
  const product: ProductProfile = {
    ...passport,
    identity: {
      ...passport.identity,
      nameSplit: 'primary-only',
      transliteration: { Ü: 'U' },
      mrzOptionalData: 'none',
      cardAccessNumber: { from: 'none' },
    },
  };
  const record = { ...PASSPORT_RECORD, name: { full: 'Müller' } };
  const { holder } = prepareHolder(record, product, pictures);
  expect(holder.mrzLines[0]).toBe('PPUTOMULLER'.padEnd(44, '<'));
  expect(holder.mrzLines[1]).toMatch(/<{14}0\d$/);
  expect(holder.access).not.toHaveProperty('can');
});
