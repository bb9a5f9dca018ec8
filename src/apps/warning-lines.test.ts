import { describeWarnings } from './warning-lines';

const warnings = [
  { check: 'persoline:LDS/holder-agrees', file: 'EF.DG11', documents: 12, chips: 11 },
  { check: 'TEST/no-longer-there', documents: 0, chips: 1 },
];

test('each check stands under its title, in both languages', () => {
  expect(describeWarnings(warnings, 'en')).toEqual([
    'warnings:',
    expect.stringMatching(
      /^ {2}EF\.DG11: .*: 12 when signed, 11 when read {2}\(persoline:LDS\/holder-agrees\)$/,
    ),
    '  TEST/no-longer-there: 0 when signed, 1 when read  (TEST/no-longer-there)',
  ]);
  expect(describeWarnings(warnings, 'vi')[1]).toMatch(
    /^ {2}EF\.DG11: .*: 12 khi ký, 11 khi đọc chip/,
  );
});

test('none is said as well', () => {
  expect(describeWarnings([], 'vi')).toEqual(['cảnh báo: không có']);
});
