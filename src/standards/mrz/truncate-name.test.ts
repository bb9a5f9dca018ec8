import * as fc from 'fast-check';
import { fitName, isNameOrTruncation, type TruncationMethod } from './truncate-name';

const word = fc.stringMatching(/^[A-Z]{2,15}$/);
const names = fc.record({
  primary: fc.array(word, { minLength: 1, maxLength: 4 }),
  secondary: fc.array(word, { maxLength: 4 }),
});

test.each<TruncationMethod>(['initials', 'cut', { primary: [5, 5], secondary: [1] }])(
  'a name fits by %j, keeps both identifiers and ends in a letter when shortened to the end',
  (method) => {
    fc.assert(
      fc.property(names, fc.constantFrom(30, 31, 39), (name, capacity) => {
        const { text, truncated } = fitName(name, capacity, method);
        expect(text.length).toBeLessThanOrEqual(capacity);
        expect(text).toMatch(/^[A-Z]+(<[A-Z]+)*(<<[A-Z]+(<[A-Z]+)*)?$/);
        expect(text.includes('<<')).toBe(name.secondary.length > 0);
        const whole = [name.primary.join('<'), name.secondary.join('<')].filter(Boolean).join('<<');
        expect(truncated).toBe(whole.length > capacity);
        if (typeof method === 'string') {
          expect(isNameOrTruncation(text, name, capacity)).toBe(true);
        }
      }),
    );
  },
);

test('initials keep every component, cutting leaves the last away', () => {
  const name = { primary: ['NILAVADHANANANDA'], secondary: ['CHAYAPA', 'DEJTHAMRONG', 'KRASUANG'] };
  expect(fitName(name, 30, 'initials').text).toBe('NILAVADHANANANDA<<CHAYAPA<DE<K');
  expect(fitName(name, 30, 'cut').text).toBe('NILAVADHANANANDA<<CHAYAPA<DEJT');
});

test('more components than there is room for are left away from the end', () => {
  const name = { primary: ['NGUYEN'], secondary: Array.from({ length: 20 }, () => 'AN') };
  expect(fitName(name, 30)).toEqual({ text: `NGUYEN<<AN${'<A'.repeat(10)}`, truncated: true });
});

test.each([
  ['another name', 'BENNELONG<<DINGO'],
  ['a component that is no beginning', 'BENNELONG<WOOLX<<DINGO<POTOROO'],
  ['a primary component left away', 'BENNELONG<<DINGO<POTOROOPOTORO'],
  ['a shorter text than there is room for', 'BENNELONG<WOO<<DINGO'],
  ['no secondary identifier', 'BENNELONGA<WOOLOOMOOLOOOOOOOOO'],
])('%s is no truncation', (_, text) => {
  const name = { primary: ['BENNELONG', 'WOOLOOMOOLOO'], secondary: ['DINGO', 'POTOROO'] };
  expect(isNameOrTruncation(text, name, 30)).toBe(false);
});
