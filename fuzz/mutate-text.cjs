// Changes of written files: lines, words and values, in JSON and YAML alike.
const VALUES = [
  '',
  '0',
  '-1',
  '1.5',
  '1e999',
  '9007199254740993',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '"\\u0000"',
  '[[[[[[[[[[[[[[[[',
  '{"a":'.repeat(16),
  '"__proto__"',
  '&a [*a]',
  '\n',
  '  ',
].map((text) => Buffer.from(text));
const NEWLINE = 0x0a;

const TEXT_MUTATIONS = [
  function dropLine(draft, next) {
    const { start, end } = lineAt(draft, next(draft.length + 1));
    draft.splice(start, end - start, VALUES[0]);
  },
  function repeatLine(draft, next) {
    const { start, end } = lineAt(draft, next(draft.length + 1));
    draft.splice(start, 0, draft.bytes.slice(start, end));
  },
  function borrowLine(draft, next, { corpus }) {
    const other = corpus[next(corpus.length)];
    const from = lineAt({ bytes: other, length: other.length }, next(other.length + 1));
    draft.splice(
      lineAt(draft, next(draft.length + 1)).start,
      0,
      other.subarray(from.start, from.end),
    );
  },
  function otherValue(draft, next, { words }) {
    const { start, end } = wordAt(draft, next(draft.length + 1));
    const isKnown = words.length > 0 && next(2) === 0;
    draft.splice(
      start,
      end - start,
      isKnown ? words[next(words.length)] : VALUES[next(VALUES.length)],
    );
  },
];

function lineAt({ bytes, length }, at) {
  let start = at;
  while (start > 0 && bytes[start - 1] !== NEWLINE) start--;
  let end = at;
  while (end < length && bytes[end] !== NEWLINE) end++;
  return { start, end: Math.min(end + 1, length) };
}

/** The run of letters and digits around a place. */
function wordAt({ bytes, length }, at) {
  let start = at;
  while (start > 0 && isWord(bytes[start - 1])) start--;
  let end = at;
  while (end < length && isWord(bytes[end])) end++;
  return { start, end };
}

function isWord(byte) {
  return (byte >= 0x30 && byte <= 0x39) || (byte | 0x20) >= 0x61;
}

module.exports = { TEXT_MUTATIONS };
