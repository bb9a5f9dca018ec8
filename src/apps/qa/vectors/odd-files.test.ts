import fc from 'fast-check';
import { ProductionError } from '../../../production/errors';
import { runEntry } from './run-entry';
import { runFile } from './run-file';
import { readTopicFiles } from './testing/shipped-vectors';
import { findTopic, TOPICS } from './topics';
import { parseVectorFile } from './vector-file';

const files = readTopicFiles();

/** Names that the topics know, so that random entries reach their computations. */
const INPUT_NAMES = [
  ...new Set(files.flatMap(({ entries }) => entries.flatMap(({ inputs }) => Object.keys(inputs)))),
];
const EXPECTED_NAMES = [
  ...new Set(
    files.flatMap(({ entries }) => entries.flatMap(({ expected }) => Object.keys(expected))),
  ),
  'reject',
  'valid',
  'result',
];
const oddValue = fc.oneof(
  fc.string(),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  fc.integer({ min: -2, max: 300 }),
  fc.constantFrom(null, true, false, '', 'P-256', 'AES-256', '3DES', [], {}),
  fc.array(fc.string(), { maxLength: 3 }),
);

test('an entry of any values gives a result, in every topic', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TOPICS),
      fc.dictionary(fc.constantFrom(...INPUT_NAMES), oddValue, { maxKeys: 8 }),
      fc.dictionary(fc.constantFrom(...EXPECTED_NAMES), oddValue, { maxKeys: 5 }),
      (topic, inputs, expected) => {
        const entry = { id: 'odd', inputs, expected };
        expect(['passed', 'failed', 'not-checked']).toContain(
          runEntry(topic, entry, [entry]).outcome,
        );
      },
    ),
    { numRuns: 1500 },
  );
});

test('a good entry with one input of another value gives a result', () => {
  const all = files.flatMap(({ topic, entries }) =>
    entries.map((entry) => ({ topic: findTopic(topic)!, entry, entries })),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.nat(),
      oddValue,
      ({ topic, entry, entries }, at, odd) => {
        const names = Object.keys(entry.inputs);
        const name = names[at % Math.max(1, names.length)] ?? 'oid';
        const changed = { ...entry, inputs: { ...entry.inputs, [name]: odd } };
        const { members } = runEntry(topic, changed, entries);
        // "Broke off" is a mistake of the program: whatever is wrong has a name of its own.
        const broken = members.filter(
          (result) => result.outcome === 'failed' && /TypeError|ReferenceError/.test(result.got),
        );
        expect(broken).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});

test.each([
  ['{', 'is not JSON'],
  ['[]', 'the file is no JSON object'],
  ['{"entries":[]}', 'topic: is no text'],
  ['{"topic":"KDF"}', 'entries: is no list'],
  ['{"topic":"KDF","entries":[1]}', 'entries[0]: is no object'],
  ['{"topic":"KDF","entries":[{"inputs":{},"expected":{}}]}', 'entries[0].id: is no text'],
  [
    '{"topic":"KDF","entries":[{"id":"a","inputs":[],"expected":{}}]}',
    'entries[0].inputs: is no object',
  ],
  ['{"topic":"KDF","entries":[{"id":"a"},{"id":"a"}]}', 'entries[1]: the id "a" is there twice'],
])('%s is refused with its place', (text, reason) => {
  let caught: unknown;
  try {
    parseVectorFile('some.json', text);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ProductionError);
  const { code, place, reasons } = caught as ProductionError;
  expect([code, place]).toEqual(['INPUT_MALFORMED', 'some.json']);
  expect(reasons.join('; ')).toContain(reason);
});

test('of an unknown topic and of unknown members nothing passes', () => {
  const text = '{"topic":"Astrology","entries":[{"id":"a","inputs":{},"expected":{"sign":"Leo"}}]}';
  const [entry] = runFile(parseVectorFile('x', text)).entries;
  expect(entry).toMatchObject({
    outcome: 'not-checked',
    members: [{ member: 'sign', why: 'the runner does not know the topic "Astrology"' }],
  });
  const known = text.replace('Astrology', 'MRZ');
  expect(runFile(parseVectorFile('x', known)).entries[0]).toMatchObject({
    outcome: 'not-checked',
    members: [{ member: 'sign' }],
  });
  const empty = '{"topic":"KDF","entries":[{"id":"a"}]}';
  expect(runFile(parseVectorFile('x', empty)).entries[0]?.outcome).toBe('not-checked');
});
