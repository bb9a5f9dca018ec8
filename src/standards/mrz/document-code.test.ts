import { findDocumentCodeFault, PASSPORT_LETTERS } from './document-code';

test.each([
  ['P<', 'TD3', '2027-12-31', undefined],
  ['P', 'TD3', '2028-01-01', 'has a second letter'],
  ['P<', 'TD3', '2028-01-01', 'has a second letter'],
  ['PA', 'TD3', '2025-12-31', undefined],
  ['PA', 'TD3', '2026-01-01', 'is one of P, E, D, O, R, T, S, L, M, U'],
  ['PU', 'TD3', '2030-05-01', undefined],
  ['ID', 'TD3', '2030-05-01', 'begins with P'],
  ['ID', 'TD1', '2030-05-01', undefined],
  ['PP', 'TD1', '2020-05-01', 'begins with A, C or I'],
  ['IV', 'TD2', '2020-05-01', 'visa'],
  ['AI', 'TD1', '2020-05-01', 'AI'],
  ['AI', 'TD2', '2020-05-01', undefined],
  ['AC', 'TD1', '2020-05-01', undefined],
] as const)('%s on a %s issued %s', (code, form, date, fault) => {
  const found = findDocumentCodeFault(code, form, date);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});

test('every letter of the table is a passport’s at all times', () => {
  for (const letter of Object.keys(PASSPORT_LETTERS)) {
    expect(findDocumentCodeFault(`P${letter}`, 'TD3', '2040-01-01')).toBeUndefined();
  }
  expect(findDocumentCodeFault('PA', 'TD3')).toBeUndefined();
});
