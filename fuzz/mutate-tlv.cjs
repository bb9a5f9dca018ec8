// Changes of TLV objects with the lengths around them kept right, so that a change reaches the
// depths of a nested structure.
const { INTERESTING } = require('./mutate-bytes.cjs');

const MAX_DEPTH = 12;
const MAX_OBJECTS = 1000;
const NOTHING = new Uint8Array();
const LONG_TAG = 0x1f;
// The objects of the list being read: where each begins, where its value does, and where it ends.
const starts = new Int32Array(MAX_OBJECTS);
const values = new Int32Array(MAX_OBJECTS);
const ends = new Int32Array(MAX_OBJECTS);

/** One object at any depth changed, and every length above it corrected. */
function editTlv(draft, next, { corpus, words }) {
  const path = [];
  let object = pickObject(draft.bytes, 0, draft.length, next);
  if (object === undefined) return false;
  while (path.length < MAX_DEPTH && next(4) !== 0) {
    const inner = pickObject(draft.bytes, object.value, object.end, next);
    if (inner === undefined) break;
    path.push(object);
    object = inner;
  }
  const before = draft.length;
  EDITS[next(EDITS.length)](draft, next, { object, path, corpus, words });
  let grown = draft.length - before;
  for (const parent of path.reverse()) grown += correctLength(draft, parent, grown);
  return true;
}

const EDITS = [
  (draft, next, { object }) => draft.splice(object.start, object.end - object.start, NOTHING),
  (draft, next, { object }) =>
    draft.splice(object.start, 0, draft.bytes.slice(object.start, object.end)),
  (draft, next, { object }) => {
    draft.bytes[object.start] = INTERESTING[next(INTERESTING.length)];
  },
  function empty(draft, next, { object }) {
    setValue(draft, object, NOTHING);
  },
  function changeValue(draft, next, { object }) {
    if (object.end === object.value) return setValue(draft, object, Uint8Array.of(next(256)));
    const at = object.value + next(object.end - object.value);
    draft.bytes[at] = next(2) === 0 ? next(256) : draft.bytes[at] ^ (1 << next(8));
  },
  function resize(draft, next, { object }) {
    const value = draft.bytes.slice(object.value, object.end);
    const length = next(2) === 0 ? next(value.length + 1) : value.length + 1 + next(8);
    const resized = new Uint8Array(length);
    resized.set(value.subarray(0, length));
    setValue(draft, object, resized);
  },
  function borrow(draft, next, { object, corpus }) {
    const other = corpus[next(corpus.length)];
    let from = pickObject(other, 0, other.length, next);
    while (from !== undefined && next(3) !== 0) {
      const inner = pickObject(other, from.value, from.end, next);
      if (inner === undefined) break;
      from = inner;
    }
    if (from === undefined) return;
    draft.splice(
      object.start,
      next(2) * (object.end - object.start),
      other.subarray(from.start, from.end),
    );
  },
  function word(draft, next, { object, words }) {
    if (words.length > 0) setValue(draft, object, words[next(words.length)]);
  },
  function retag(draft, next, { object, words }) {
    const word = words.length === 0 ? undefined : words[next(words.length)];
    if (word !== undefined && word.length <= 3) {
      draft.splice(object.start, object.tagEnd - object.start, word);
    }
  },
];

function setValue(draft, object, value) {
  draft.splice(object.value, object.end - object.value, value);
  correctLength(draft, object, value.length - (object.end - object.value));
}

/** Writes the length of an object that has grown; returns by how much its own length field grew. */
function correctLength(draft, { tagEnd, value, end }, grown) {
  const field = encodeLength(Math.max(0, end - value + grown));
  const before = draft.length;
  draft.splice(tagEnd, value - tagEnd, field);
  return draft.length - before;
}

function encodeLength(length) {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  if (length < 0x10000) return Uint8Array.of(0x82, length >> 8, length);
  return Uint8Array.of(0x83, length >> 16, length >> 8, length);
}

/** One of the objects that fill a stretch; undefined when it is no list of objects. */
function pickObject(bytes, from, to, next) {
  const count = readObjects(bytes, from, to);
  if (count === 0) return undefined;
  const at = next(count);
  const start = starts[at];
  let tagEnd = start + 1;
  if ((bytes[start] & LONG_TAG) === LONG_TAG) while ((bytes[tagEnd++] & 0x80) !== 0);
  return { start, tagEnd, value: values[at], end: ends[at] };
}

function readObjects(bytes, from, to) {
  let count = 0;
  let at = from;
  while (at < to) {
    const start = at++;
    if ((bytes[start] & LONG_TAG) === LONG_TAG) while (at < to && (bytes[at++] & 0x80) !== 0);
    if (at >= to || count === MAX_OBJECTS) return 0;
    let length = bytes[at++];
    if (length >= 0x80) {
      const size = length - 0x80;
      if (size === 0 || size > 4 || at + size > to) return 0;
      length = 0;
      for (let index = 0; index < size; index++) length = length * 0x100 + bytes[at++];
    }
    if (length > to - at) return 0;
    starts[count] = start;
    values[count] = at;
    at += length;
    ends[count++] = at;
  }
  return count;
}

module.exports = { editTlv };
