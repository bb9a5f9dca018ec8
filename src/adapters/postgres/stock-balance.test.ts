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

test.each([
  ['a released document without a good card', { released: 4 }, '7 documents released'],
  ['a good card without an attempt', { good: 5 }, '7 good cards, 6 good attempts'],
  ['a document lost in a machine', { encoding: 0 }, '1 documents in a machine'],
  ['an attempt on a card that is not out', { issued: 1 }, '2 attempts, 1 cards issued'],
  ['a spoiled card that vanished', { destroyed: 0, spoiled: 1 }, '2 spoiled attempts, 1 spoiled'],
])('%s is found', (_title, change, found) => {
  const pick = <Counts extends object>(counts: Counts): Counts => ({
    ...counts,
    ...Object.fromEntries(Object.entries(change).filter(([word]) => word in counts)),
  });
  // `spoiled` and `dispatched` are words of several lives; only the card's are changed here.
  const { spoiled } = documents;
  expect(findDiscrepancies({ ...pick(documents), spoiled }, pick(cards), attempts)).toEqual([
    expect.stringContaining(found),
  ]);
});
