import * as fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import {
  encodeVietnameseDetails,
  listLongVietnameseItems,
  parseVietnameseDetails,
  type VietnameseDetails,
} from './dg13-vietnam';
import {
  readByItemPrefix,
  readByLastIndex,
  readNestedParents,
  readParentsByLengths,
} from './testing/vietnamese-readers';

const details: VietnameseDetails = {
  idNumber: '001099000001',
  fullName: 'Nguyễn Văn Được',
  dateOfBirth: '01/01/1999',
  gender: 'Nam',
  nationality: 'Việt Nam',
  ethnicity: 'Kinh',
  religion: 'Không',
  placeOfOrigin: 'Xã Thử Nghiệm, Huyện Mẫu, Hà Nội',
  placeOfResidence: 'Số 1 Đường Mẫu, Phường Thử, Quận Nghiệm, Hà Nội',
  identifyingFeatures: 'Nốt ruồi cách 1 cm dưới mắt trái',
  dateOfIssue: '10/05/2021',
  dateOfExpiry: '01/01/2039',
  father: 'Nguyễn Văn Thử',
  mother: 'Trần Thị Mẫu',
  spouse: 'Lê Thị Ước',
  oldIdNumber: '012345678',
  cardReference: '0294A1B2C3D4E5F6',
};
const encoded = encodeVietnameseDetails(details);

test('the group begins as the cards begin: version, UTF-8, a SET in the order of the numbers', () => {
  const hex = encodeHex(encoded);
  expect(hex).toMatch(/^6D82[0-9A-F]{4}3082[0-9A-F]{4}020101060628D3160100083182[0-9A-F]{4}/);
  expect(hex).toContain('3011020101130C' + encodeHex(Buffer.from('001099000001')));
  expect(hex).toContain('30150201101310' + encodeHex(Buffer.from('0294A1B2C3D4E5F6')));
});

test('it comes back as it went, in every form', () => {
  for (const parents of ['siblings', 'nested'] as const) {
    for (const absent of ['numbered', 'omitted'] as const) {
      for (const wanted of [details, { idNumber: '1', mother: 'Trần' }, {}]) {
        const bytes = encodeVietnameseDetails(wanted, { parents, absent });
        expect(parseVietnameseDetails(bytes)).toEqual(wanted);
      }
    }
  }
});

test('decomposed text is written composed', () => {
  const decomposed = { fullName: details.fullName!.normalize('NFD') };
  expect(parseVietnameseDetails(encodeVietnameseDetails(decomposed)).fullName).toBe(
    details.fullName,
  );
});

describe('readers that search bytes', () => {
  test('find every item by its prefix', () => {
    const items = readByItemPrefix(encoded);
    const { father, mother, ...single } = details;
    const texts = Object.values(single);
    texts.splice(12, 0, `${father!}|${mother!}`);
    expect([...items.values()]).toEqual(texts);
    expect([...items.keys()]).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  test('walk over items without value', () => {
    const { father, mother, spouse, oldIdNumber, cardReference, ...others } = details;
    expect([father, mother, spouse, oldIdNumber, cardReference]).not.toContain(undefined);
    const items = readByItemPrefix(encodeVietnameseDetails(others));
    expect(items.size).toBe(16);
    expect([...items.values()].slice(11)).toEqual([details.dateOfExpiry, '', '', '', '']);
    expect(encodeHex(encodeVietnameseDetails({}))).toContain('300302010D300302010E300302010F');
  });

  test('find number, dates and old number by INTEGER and tag', () => {
    expect(readByLastIndex(encoded, 1, 0x13)).toBe(details.idNumber);
    expect(readByLastIndex(encoded, 11, 0x13)).toBe(details.dateOfIssue);
    expect(readByLastIndex(encoded, 12, 0x0c)).toBe(details.dateOfExpiry);
    expect(readByLastIndex(encoded, 15, 0x13)).toBe(details.oldIdNumber);
    expect(readByLastIndex(encoded, 16, 0x13)).toBe(details.cardReference);
  });

  test('find both parents as siblings, and as one SEQUENCE where the form says so', () => {
    const parents = [details.father, details.mother];
    const nested = encodeVietnameseDetails(details, { parents: 'nested', absent: 'numbered' });
    expect(readParentsByLengths(encoded)).toEqual(parents);
    expect(readNestedParents(nested)).toEqual(parents);
    expect(readParentsByLengths(nested)).not.toEqual(parents);
  });

  test('lose their way behind a long item, which is why it is named', () => {
    const long = { ...details, placeOfResidence: 'Đường rất dài '.repeat(9) };
    expect(listLongVietnameseItems(details)).toEqual([]);
    expect(listLongVietnameseItems(long)).toEqual(['placeOfResidence']);
    expect(readByItemPrefix(encodeVietnameseDetails(long)).get(9)).not.toBe(long.placeOfResidence);
    expect(parseVietnameseDetails(encodeVietnameseDetails(long))).toEqual(long);
  });
});

test('an item of digits with other characters is refused', () => {
  expect(() => encodeVietnameseDetails({ oldIdNumber: 'số 1' })).toThrow(MalformedError);
});

const empty = encodeHex(encodeVietnameseDetails({}));

test.each([
  ['another version', empty.replace('020101', '020102'), 'version'],
  ['another syntax', empty.replace('28D316010008', '28D316010009'), 'syntax'],
  ['an item 17', empty.replace('3003020110', '3003020111'), 'no item 17'],
  ['item 16 twice', empty.replace('300302010F', '3003020110'), 'item 16 occurs twice'],
])('%s is refused', (_, hex, reason) => {
  expect(hex).not.toBe(empty);
  expect(() => parseVietnameseDetails(decodeHex(hex))).toThrow(reason);
});

test('any text comes back composed', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.record({ fullName: text, father: text, spouse: text }), (drawn) => {
      const composed = Object.fromEntries(
        Object.entries(drawn).map(([name, value]) => [name, value.normalize('NFC')]),
      );
      expect(parseVietnameseDetails(encodeVietnameseDetails(drawn))).toEqual(composed);
    }),
  );
});
