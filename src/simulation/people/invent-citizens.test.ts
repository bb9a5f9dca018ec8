import { shippedProduct } from '../../production/face/testing/sample-face';
import { checkRecord } from '../../production/intake/check-record';
import { inventCitizens } from './invent-citizens';
import { inventPassportHolders } from './invent-passport-holders';
import type { InventedPerson } from './invented-person';
import { expiryDate } from './vn/expiry-date';

const today = new Date('2026-03-09T02:00:00Z');
const products = new Map(
  ['vn-cccd-2021', 'icao-td3-passport'].map((name) => [name, shippedProduct(name)]),
);

function judge({ record }: InventedPerson): unknown {
  const checked = checkRecord(new TextEncoder().encode(JSON.stringify(record)), products);
  return checked.outcome === 'right' ? checked.doubts : checked.problems;
}

test('invented citizens pass every check of the intake', () => {
  for (const citizen of inventCitizens({ count: 300, seed: 1, today })) {
    expect(judge(citizen)).toEqual([]);
  }
});

test('so do invented passport holders of every state', () => {
  const holders = inventPassportHolders({
    count: 60,
    seed: 2,
    today,
    issuingStates: ['UTO', 'D', 'VNM'],
  });
  expect(new Set(holders.map(({ record }) => record.issuingState)).size).toBe(3);
  for (const holder of holders) expect(judge(holder)).toEqual([]);
});

test('the same seed invents the same people, another one others', () => {
  const first = inventCitizens({ count: 5, seed: 3, today });
  expect(inventCitizens({ count: 5, seed: 3, today })).toEqual(first);
  expect(inventCitizens({ count: 8, seed: 3, today }).slice(0, 5)).toEqual(first);
  expect(inventCitizens({ count: 5, seed: 4, today })).not.toEqual(first);
});

test('about a third is called Nguyễn, and no two share a number', () => {
  const people = inventCitizens({ count: 1500, seed: 5, today });
  const names = people.map(({ record }) => ('full' in record.name ? record.name.full : ''));
  const share = names.filter((name) => name.startsWith('Nguyễn ')).length / names.length;
  expect(share).toBeGreaterThan(0.28);
  expect(share).toBeLessThan(0.4);
  expect(names.some((name) => /[ơƠ]/.test(name.normalize('NFD').normalize('NFC')))).toBe(true);
  expect(new Set(people.map(({ record }) => record.personalNumber)).size).toBe(people.length);
});

test.each([
  ['2000-05-17', '2021-07-12', '2025-05-17'],
  ['2000-05-17', '2023-05-17', '2040-05-17'],
  ['2000-05-17', '2023-05-16', '2025-05-17'],
  ['1970-01-01', '2021-07-12', '2030-01-01'],
  ['1963-07-12', '2021-07-12', null],
  ['1940-01-01', '2021-07-12', null],
])('born %s, issued %s, valid until %s', (born, issued, expires) => {
  expect(expiryDate(born, issued)).toBe(expires);
});
