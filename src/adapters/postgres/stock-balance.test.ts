import { findDiscrepancies } from './stock-balance';

const documents = {
  approved: 4,
  prepared: 1,
  encoding: 1,
  encoded: 1,
  released: 3,
  dispatched: 2,
  delivered: 1,
  refused: 1,
  held: 1,
  spoiled: 0,
};
const cards = {
  received: 5,
  'in-vault': 10,
  issued: 4,
  good: 4,
  spoiled: 2,
  destroyed: 1,
  dispatched: 2,
};
const attempts = { open: 2, good: 6, spoiled: 2 };

test('a line that adds up has no discrepancies', () => {
  expect(findDiscrepancies(documents, cards, attempts)).toEqual([]);
});

test.each<readonly [string, object, object, object, string]>([
  ['a released document without a good card', { released: 4 }, {}, {}, '7 documents released'],
  ['a good card without an attempt', {}, { good: 5 }, {}, '7 good cards, 6 good attempts'],
  ['a document lost in a machine', { encoding: 0 }, {}, {}, '1 documents in a machine'],
  ['an attempt on a card that is not out', {}, { issued: 1 }, {}, '2 attempts, 1 cards issued'],
  ['a spoiled card that vanished', {}, { spoiled: 0 }, {}, '2 spoiled attempts, 1 spoiled cards'],
])('%s is found', (_title, document, card, attempt, found) => {
  const all = findDiscrepancies(
    { ...documents, ...document },
    { ...cards, ...card },
    { ...attempts, ...attempt },
  );
  expect(all).toEqual([expect.stringContaining(found)]);
});
