import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MalformedError } from '../bytes/malformed';
import { computeCheckDigit } from './check-digit';
import { encodeMrz } from './encode-mrz';
import { checkMrzDate, encodeMrzDate } from './mrz-date';
import type { MrzFields } from './mrz-fields';
import { encodeMrzInformation, mrzSecretFromMrz } from './mrz-information';
import { decodeMrzName, encodeMrzName } from './mrz-name';
import { checkMrzDigits, parseMrz, readMrzFields } from './parse-mrz';

const td1: MrzFields = {
  form: 'TD1',
  documentCode: 'ID',
  issuingState: 'UTO',
  name: 'NGUYEN<<VAN<A',
  documentNumber: 'AB1234567',
  nationality: 'UTO',
  dateOfBirth: '5007<<',
  sex: '<',
  dateOfExpiry: '350130',
  optionalData: 'X1',
  optionalDataLine2: '0042',
};
const td3: MrzFields = { ...td1, form: 'TD3', documentCode: 'PP', optionalDataLine2: '' };
const td3Text = encodeMrz(td3).join('\n');

interface VietnameseExample {
  readonly input: {
    readonly personalNumber: string;
    readonly dob: string;
    readonly sex: 'M' | 'F';
    readonly expiry: string;
    readonly name: string;
  };
  readonly mrz: readonly string[];
}

const vietnamese = JSON.parse(
  readFileSync(join(__dirname, '../../../test-vectors/mrz/vn-mrz-examples.json'), 'utf8'),
) as { readonly examples: readonly VietnameseExample[] };

test.each(vietnamese.examples.map((example) => [example.mrz[0], example] as const))(
  'the Vietnamese example %s',
  (_, { input, mrz }) => {
    const [primary = '', ...rest] = input.name.split(' ');
    const fields: MrzFields = {
      form: 'TD1',
      documentCode: 'ID',
      issuingState: 'VNM',
      name: encodeMrzName({ primary, secondary: rest.join(' ') }, { form: 'TD1' }).text,
      documentNumber: input.personalNumber.slice(3),
      nationality: 'VNM',
      dateOfBirth: input.dob,
      sex: input.sex,
      dateOfExpiry: input.expiry,
      optionalData: `${input.personalNumber}<<${computeCheckDigit(input.personalNumber)}`,
      optionalDataLine2: '',
    };
    expect(encodeMrz(fields)).toEqual(mrz);
    expect(parseMrz(mrz.join(''))).toEqual(fields);
  },
);

const letters = (min: number, max: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[A-Z]{${min},${max}}$`));
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => encodeMrzDate(date.toISOString().slice(0, 10)));

test.each([
  ['TD1', 22],
  ['TD2', 14],
  ['TD3', 9],
] as const)('every %s comes back as it went, numbers up to %i characters', (form, longest) => {
  const fields = fc.record({
    form: fc.constant(form),
    documentCode: letters(1, 2),
    issuingState: letters(1, 3),
    name: fc.tuple(letters(1, 12), letters(1, 12)).map(([a, b]) => `${a}<<${b}`),
    documentNumber: fc.stringMatching(new RegExp(`^[A-Z0-9]{1,${longest}}$`)),
    nationality: letters(1, 3),
    dateOfBirth: day,
    sex: fc.constantFrom('M' as const, 'F' as const, '<' as const),
    dateOfExpiry: day,
    optionalData: fc.stringMatching(/^(?:[A-Z0-9<]{0,6}[A-Z0-9])?$/),
    optionalDataLine2: form === 'TD1' ? fc.stringMatching(/^[A-Z0-9]{0,11}$/) : fc.constant(''),
  });
  fc.assert(
    fc.property(fields, (drawn) => {
      const long = drawn.documentNumber.length > 9;
      const wanted = long ? { ...drawn, optionalData: '' } : drawn;
      const lines = encodeMrz(wanted);
      expect(parseMrz(lines.join('\r\n'))).toEqual(wanted);
      const { documentNumber, dateOfBirth, dateOfExpiry } = wanted;
      expect(mrzSecretFromMrz(lines.join(''))).toEqual({
        documentNumber,
        dateOfBirth,
        dateOfExpiry,
      });
    }),
  );
});

test('one wrong character is found by a check digit, wherever a check digit reaches', () => {
  const zone = td3Text.replace('\n', '');
  for (const position of [44, 50, 53, 57, 63, 65, 71, 72, 86, 87]) {
    const other = zone[position] === '1' ? '2' : '1';
    const wrong = zone.slice(0, position) + other + zone.slice(position + 1);
    expect(() => parseMrz(wrong)).toThrow(MalformedError);
  }
});

test('a composite that is wrong alone does not keep a reader from the chip', () => {
  const zone = td3Text.slice(0, -1) + (td3Text.endsWith('0') ? '1' : '0');
  expect(checkMrzDigits(zone).filter(({ right }) => !right)).toEqual([
    { name: 'composite', right: false },
  ]);
  expect(() => parseMrz(zone)).toThrow('MRZ, check digit, composite: is wrong');
  expect(mrzSecretFromMrz(zone).documentNumber).toBe('AB1234567');
  expect(readMrzFields(zone)).toEqual(td3);
});

test('the empty optional data of a TD3 may have 0 or filler as its check digit', () => {
  const lines = encodeMrz({ ...td3, optionalData: '' });
  expect(lines[1]).toMatch(/<{14}0\d$/);
  const filler = lines.join('').replace(/0(\d)$/, '<$1');
  expect(parseMrz(filler).optionalData).toBe('');
});

test('MRZ information fills up a short number and takes a long one complete', () => {
  const rest = { dateOfBirth: '340712', dateOfExpiry: '950712' };
  expect(encodeMrzInformation({ documentNumber: 'AB2134', ...rest })).toBe(
    'AB2134<<<5' + '3407127' + '9507122',
  );
  expect(encodeMrzInformation({ documentNumber: 'D23145890734', ...rest })).toBe(
    'D231458907349' + '3407127' + '9507122',
  );
});

test.each([
  ['a lower-case number', { documentNumber: 'ab1234567' }, 'document number'],
  ['no number', { documentNumber: '' }, 'document number'],
  ['a number of 23 characters', { documentNumber: 'A'.repeat(23) }, 'document number'],
  ['a long number beside optional data', { documentNumber: 'A'.repeat(10) }, 'optional data'],
  ['optional data of 16 characters', { optionalData: '1'.repeat(16) }, 'optional data'],
  ['optional data with a space', { optionalData: '1 2' }, 'optional data'],
  ['a name that is too long', { name: 'A'.repeat(31) }, 'name'],
  ['a name with a digit', { name: 'A1' }, 'name'],
  ['a month 13', { dateOfBirth: '501301' }, 'date of birth'],
  ['a state of four letters', { issuingState: 'UTOP' }, 'issuing state'],
] as const)('an MRZ with %s is refused', (_, change, element) => {
  expect(() => encodeMrz({ ...td1, ...change })).toThrow(`MRZ, ${element}`);
});

test('a second field of optional data belongs to TD1 alone, a long number not to TD3', () => {
  expect(() => encodeMrz({ ...td3, optionalDataLine2: 'A' })).toThrow('TD1 only');
  expect(() => encodeMrz({ ...td3, optionalData: '', documentNumber: 'A'.repeat(10) })).toThrow(
    'longer than 9',
  );
});

test.each([
  ['other than 90, 72 or 88 characters', 'A'.repeat(89)],
  ['a lower-case letter', td3Text.replace('NGUYEN', 'nGUYEN')],
  ['another sex', td3Text.replace('5007<<4<', '5007<<4X')],
  ['no name', td3Text.replace(/NGUYEN<<VAN<A/, '<'.repeat(13))],
])('a text with %s is no MRZ', (_, text) => {
  expect(text).not.toBe(td3Text);
  expect(() => parseMrz(text)).toThrow(MalformedError);
});

test('arbitrary text is read or refused, never anything else', () => {
  const zone = fc
    .tuple(fc.constantFrom(72, 88, 90), fc.infiniteStream(fc.constantFrom('A', 'Z', '0', '9', '<')))
    .map(([length, stream]) => Array.from(stream.take(length)).join(''));
  fc.assert(
    fc.property(fc.oneof(zone, fc.string()), (text) => {
      for (const read of [parseMrz, mrzSecretFromMrz, checkMrzDigits]) {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      }
    }),
  );
});

test.each([
  ['1950-07-23', '500723'],
  ['1950-07', '5007<<'],
  ['1950', '50<<<<'],
  ['', '<<<<<<'],
  ['2000-02-29', '000229'],
])('the date %s is %s', (date, mrz) => {
  expect(encodeMrzDate(date)).toBe(mrz);
});

test.each(['1900-02-29', '2001-02-29', '1950-13', '1950-00', '1950-7-2', '23/07/1950'])(
  'the date %s is refused',
  (date) => {
    expect(() => encodeMrzDate(date)).toThrow(MalformedError);
  },
);

test.each(['010229', '990431', '9<0431', '500700', '5007<1'])(
  'the characters %s are no date of an MRZ',
  (text) => {
    expect(() => checkMrzDate(text, 'date')).toThrow(MalformedError);
  },
);

test('a name field is read into identifiers with spaces', () => {
  expect(decodeMrzName('VAN<DER<STEEN<<MARIANNE<LOUISE')).toEqual({
    primary: 'VAN DER STEEN',
    secondary: 'MARIANNE LOUISE',
  });
  expect(decodeMrzName('ARKFREITH<<<<<')).toEqual({ primary: 'ARKFREITH', secondary: '' });
});
