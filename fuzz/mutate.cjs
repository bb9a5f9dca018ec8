// Changes of an input: of bits and bytes, of whole stretches, and of TLV objects with the lengths
// around them kept right, so that a change reaches the depths of a nested structure.
const INTERESTING = [
  0x00, 0x01, 0x02, 0x1f, 0x20, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xfe, 0xff,
];
const MAX_DEPTH = 12;

/** xorshift32: the same numbers for the same seed on every machine. */
function seededNumbers(seed) {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(input, corpus, next) {
  let bytes = Buffer.from(input);
  for (let count = 1 + next(3); count > 0; count--) {
    bytes = MUTATIONS[next(MUTATIONS.length)](bytes, next, corpus);
  }
  return bytes;
}

const MUTATIONS = [
  (bytes, next) => setByte(bytes, next, (byte) => byte ^ (1 << next(8))),
  (bytes, next) => setByte(bytes, next, () => next(256)),
  (bytes, next) => setByte(bytes, next, () => INTERESTING[next(INTERESTING.length)]),
  (bytes, next) => setByte(bytes, next, (byte) => byte + (next(2) === 0 ? 1 : 255)),
  (bytes, next) => bytes.subarray(0, next(bytes.length + 1)),
  (bytes, next) => {
    const at = next(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + next(8))]);
  },
  (bytes, next) => {
    const at = next(bytes.length + 1);
    const piece = Buffer.from(Array.from({ length: 1 + next(4) }, () => next(256)));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  (bytes, next, corpus) => {
    const other = corpus[next(corpus.length)];
    const from = next(other.length + 1);
    const piece = other.subarray(from, from + 1 + next(64));
    const at = next(bytes.length + 1);
    return Buffer.concat([
      bytes.subarray(0, at),
      piece,
      bytes.subarray(at + next(2) * piece.length),
    ]);
  },
  editTlv,
  editTlv,
  editTlv,
  editTlv,
];

function setByte(bytes, next, change) {
  if (bytes.length === 0) return Buffer.from([next(256)]);
  const changed = Buffer.from(bytes);
  const at = next(bytes.length);
  changed[at] = change(changed[at]) & 0xff;
  return changed;
}

/** One object at any depth changed, and every length above it corrected. */
function editTlv(bytes, next, corpus) {
  const objects = readObjects(bytes);
  if (objects === undefined) return setByte(bytes, next, () => next(256));
  return Buffer.concat(editList(objects, next, corpus, 0));
}

function editList(objects, next, corpus, depth) {
  const at = next(objects.length);
  const { head, value } = objects[at];
  const inner = depth < MAX_DEPTH && next(4) !== 0 ? readObjects(value) : undefined;
  const raws = objects.map((object) => encodeObject(object.head, object.value));
  if (inner !== undefined) {
    raws[at] = encodeObject(head, Buffer.concat(editList(inner, next, corpus, depth + 1)));
    return raws;
  }
  switch (next(7)) {
    case 0:
      return raws.toSpliced(at, 1);
    case 1:
      return raws.toSpliced(at, 0, raws[at]);
    case 2:
      return raws.toSpliced(
        at,
        1,
        encodeObject(Buffer.from([INTERESTING[next(INTERESTING.length)]]), value),
      );
    case 3:
      return raws.toSpliced(at, 1, encodeObject(head, Buffer.alloc(0)));
    case 4:
      return raws.toSpliced(
        at,
        1,
        encodeObject(
          head,
          setByte(value, next, () => next(256)),
        ),
      );
    case 5: {
      const other = readObjects(corpus[next(corpus.length)]) ?? objects;
      const { head: tag, value: content } = other[next(other.length)];
      return raws.toSpliced(at, 1, encodeObject(tag, content));
    }
    default:
      return raws.toSpliced(
        at,
        1,
        encodeObject(
          head,
          setByte(value, next, (byte) => byte ^ (1 << next(8))),
        ),
      );
  }
}

/** The objects that fill the bytes; undefined when they are no list of objects. */
function readObjects(bytes) {
  const objects = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at++;
    if ((bytes[start] & 0x1f) === 0x1f) while ((bytes[at++] ?? 0) & 0x80);
    const head = bytes.subarray(start, at);
    let length = bytes[at++] ?? 0;
    if (length > 0x84) return undefined;
    if (length >= 0x80) {
      const size = length - 0x80;
      if (size === 0) return undefined;
      length = at + size <= bytes.length ? bytes.readUIntBE(at, size) : bytes.length;
      at += size;
    }
    if (at + length > bytes.length || objects.length >= 1000) return undefined;
    objects.push({ head, value: bytes.subarray(at, at + length) });
    at += length;
  }
  return objects.length === 0 ? undefined : objects;
}

function encodeObject(head, value) {
  const { length } = value;
  if (length < 0x80) return Buffer.concat([head, Buffer.from([length]), value]);
  const size = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  const bytes = Buffer.alloc(size + 1, 0x80 | size);
  bytes.writeUIntBE(length, 1, size);
  return Buffer.concat([head, bytes, value]);
}

module.exports = { mutate, seededNumbers };
