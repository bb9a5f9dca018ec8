import { mrzCodeOfCountry } from './country-codes';

test.each([
  ['VN', 'VNM'],
  ['de', 'D'],
  ['UT', 'UTO'],
  ['ZW', 'ZWE'],
  ['AD', 'AND'],
])('%s is %s in the MRZ', (country, mrz) => {
  expect(mrzCodeOfCountry(country)).toBe(mrz);
});

test.each(['', 'XX', 'VNM', ' VN'])('%p is not in the table', (country) => {
  expect(mrzCodeOfCountry(country)).toBeUndefined();
});
