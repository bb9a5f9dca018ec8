import fc from 'fast-check';
import { ProductionError } from '../../../production/errors';
import { runEntry } from './run-entry';
import { runFile } from './run-file';
import { scanJson } from './scan-json';
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

test('entries of one name are all looked at, and told apart by their place', () => {
  const { entries } = parseVectorFile(
    'some.json',
    '{"topic":"KDF","entries":[{"id":"a"},\n {"id":"a"}, {"id":"b"}]}',
  );
  expect(entries.map(({ id }) => id)).toEqual(['a', 'a (line 2, entries[1])', 'b']);
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
    'line 1, entries[0] "a".inputs: is no object',
  ],
  ['{"topic":\n"KDF",}', 'line 2, column 7: is not JSON, no name in quotes'],
  ['{"topic":"KDF","topic":"MRZ"}', 'line 1, column 16: the member "topic" is there twice'],
  ['{"topic":"KDF"} {}', 'column 17: is not JSON, something follows after the end'],
  ['{"topic":"\\x"}', 'column 10: is not JSON, a text that is not right'],
  ['{"topic":01}', 'column 11: is not JSON, neither a comma nor the end of the object'],
  [`{"entries":${'['.repeat(100_000)}`, 'more than 32 levels'],
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

test('what JSON.parse reads the scanner passes, and what it refuses the scanner refuses', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.nat(), fc.nat(255), (text, at, code) => {
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
      for (const one of [text, changed]) {
        const refusal = refusalOf(() => scanJson(one));
        // A member twice is JSON all the same, and what stands behind it was not looked at.
        if (refusal?.includes('is there twice') === true) continue;
        const isJson = refusalOf(() => JSON.parse(one)) === undefined;
        expect([one, refusal === undefined]).toEqual([one, isJson]);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a text of twenty million characters is read like any other', () => {
  const long = 'A'.repeat(20_000_000);
  const text = `{"topic":"Astrology","entries":[{"id":"a","inputs":{"x":"${long}"}}]}`;
  expect(parseVectorFile('x', text).entries[0]?.inputs['x'] === long).toBe(true);
});

function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test('fifty of many problems are told, and how many more there are', () => {
  const text = JSON.stringify({ topic: 'KDF', entries: Array.from({ length: 70 }, () => 1) });
  expect(() => parseVectorFile('many.json', text)).toThrow(/entries\[49\].*and 20 more/s);
});

test.each([
  ['an odd number of digits', { key: 'ABC', message: '' }, 'key: an odd number of digits'],
  ['a number for a text', { key: 1e308, message: '' }, 'is no hexadecimal text'],
  ['no key', { message: '' }, 'the inputs have no key'],
  ['a list for a text', { key: [[[[]]]], message: '' }, 'is no hexadecimal text'],
])('an input with %s is told with its name, and beside the others', (_what, inputs, words) => {
  const entries = [{ id: 'odd', inputs, expected: { mac: '00' } }];
  const { outcome, members } = runFile(
    parseVectorFile('x', JSON.stringify({ topic: 'AES-CMAC', entries })),
  ).entries[0]!;
  expect(outcome).not.toBe('passed');
  const [member] = members;
  expect(member?.outcome === 'failed' ? member.got : member).toEqual(
    member?.outcome === 'failed'
      ? expect.stringContaining(words)
      : expect.objectContaining({ why: expect.stringContaining(words) as string }),
  );
});

test.each([
  [
    'Chip Authentication',
    { p: 'FF'.repeat(40_000), g: '02', q: '03', terminal_eph_priv: '05', alg: 'AES-128' },
    'terminal_eph_pub',
  ],
  [
    'Active Authentication',
    {
      modulus: 'FF'.repeat(40_000),
      private_exponent: '03',
      m1: '00',
      rnd_ifd: '00',
      hash: 'SHA-1',
    },
    'signature',
  ],
])('%s does not compute with a number of 320,000 bits', (topic, inputs, member) => {
  const text = JSON.stringify({
    topic,
    entries: [{ id: 'huge', inputs, expected: { [member]: '00' } }],
  });
  expect(runFile(parseVectorFile('x', text)).entries[0]).toMatchObject({
    outcome: 'not-checked',
    members: [{ why: expect.stringContaining('is longer than 16384 bits') as string }],
  });
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
