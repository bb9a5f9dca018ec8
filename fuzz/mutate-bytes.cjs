// Changes of bits, bytes and stretches, with words of the dictionary and pieces of other inputs.
const INTERESTING = [
  0x00, 0x01, 0x02, 0x1f, 0x20, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xfe, 0xff,
];
const NOTHING = new Uint8Array();

const setByte = (change) => (draft, next) => {
  if (draft.length === 0) return draft.splice(0, 0, Uint8Array.of(next(256)));
  const at = next(draft.length);
  draft.bytes[at] = change(draft.bytes[at], next);
};

const BYTE_MUTATIONS = [
  setByte((byte, next) => byte ^ (1 << next(8))),
  setByte((_, next) => next(256)),
  setByte((_, next) => INTERESTING[next(INTERESTING.length)]),
  setByte((byte, next) => byte + (next(2) === 0 ? 1 : 255)),
  function cutOff(draft, next) {
    // Ends near the end more often: a cut in the middle loses most of what follows.
    const end = next(2) === 0 ? next(Math.min(draft.length, 8) + 1) : next(draft.length + 1);
    draft.length -= end;
  },
  function remove(draft, next) {
    draft.splice(next(draft.length + 1), 1 + next(8), NOTHING);
  },
  function insert(draft, next) {
    const piece = new Uint8Array(1 + next(4));
    for (let at = 0; at < piece.length; at++) piece[at] = next(256);
    draft.splice(next(draft.length + 1), 0, piece);
  },
  function repeat(draft, next) {
    const from = next(draft.length + 1);
    const piece = draft.bytes.slice(from, Math.min(draft.length, from + 1 + next(32)));
    draft.splice(from, 0, piece);
  },
  function borrow(draft, next, { corpus }) {
    const other = corpus[next(corpus.length)];
    const from = next(other.length + 1);
    const piece = other.subarray(from, from + 1 + next(64));
    draft.splice(next(draft.length + 1), next(2) * piece.length, piece);
  },
  function word(draft, next, { words }) {
    if (words.length === 0) return;
    const piece = words[next(words.length)];
    draft.splice(next(draft.length + 1), next(2) * piece.length, piece);
  },
];

module.exports = { BYTE_MUTATIONS, INTERESTING, setByte };
