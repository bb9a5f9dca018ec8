import { writeDate } from './face-dates';
import { printedValue, qrValue } from './face-values';
import { sampleCitizen } from './testing/sample-face';

test.each([
  ['1974-08-12', '12/08/1974', '12081974', '12 AUG 1974'],
  ['1974-08', '08/1974', '00081974', 'XX AUG 1974'],
  ['1974', '1974', '00001974', 'XX XXX 1974'],
])('%s is written %s, %s and %s', (iso, vn, compact, icao) => {
  expect(writeDate(iso, 'vn')).toBe(vn);
  expect(writeDate(iso, 'vn-compact')).toBe(compact);
  expect(writeDate(iso, 'icao')).toBe(icao);
});

test('Vietnamese cards say sex, nationality and unlimited validity in words', () => {
  const woman = sampleCitizen({
    dateOfExpiry: null,
    sex: 'F',
    personalNumber: '079160000001',
    dateOfBirth: '1960-05-01',
  });
  const man = sampleCitizen({
    sex: 'M',
    personalNumber: '079060000001',
    dateOfBirth: '1960-05-01',
    dateOfExpiry: '2030-01-02',
  });
  expect(printedValue('sex', woman, 'vn')).toBe('Nữ');
  expect(printedValue('sex', man, 'vn')).toBe('Nam');
  expect(printedValue('nationality', man, 'vn')).toBe('Việt Nam');
  expect(printedValue('dateOfExpiry', woman, 'vn')).toBe('Không thời hạn');
  expect(printedValue('dateOfExpiry', man, 'vn')).toBe('02/01/2030');
  expect(printedValue('sex', man, 'icao')).toBe('M');
  expect(printedValue('nationality', man, 'icao')).toBe('VNM');
  expect(printedValue('cardAccessNumber', man, 'vn')).toBe('000001');
  expect(printedValue('documentCode', man, 'icao')).toBe('ID');
});

test('the QR code keeps empty fields empty', () => {
  const holder = sampleCitizen({ dateOfExpiry: null });
  expect(qrValue('empty', holder)).toBe('');
  expect(qrValue('dateOfExpiry', holder)).toBe('');
  expect(qrValue('profession', holder)).toBe('');
  expect(qrValue('fullName', holder)).toBe(holder.fullName);
});
