// The words that a parser knows: the tags, the object identifiers and the texts that stand in the
// modules which a target runs. A fuzzer that knows them need not guess them bit by bit.
const MAX_WORDS = 2000;

function collectWords(sources, isText) {
  const words = new Map();
  const add = (bytes) => {
    if (bytes.length > 0 && words.size < MAX_WORDS) words.set(bytes.toString('hex'), bytes);
  };
  for (const source of sources) {
    for (const [, text] of source.matchAll(/'([^'\\\n]{1,40})'/g)) {
      add(Buffer.from(text));
      if (isText) continue;
      if (/^\d(\.\d+){3,}$/.test(text)) add(encodeOid(text));
      if (/^([0-9a-fA-F]{2}){1,20}$/.test(text)) add(Buffer.from(text, 'hex'));
    }
    if (isText) continue;
    for (const [, digits] of source.matchAll(/\b0x([0-9a-f]{1,8})\b/gi)) {
      add(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
    }
  }
  return [...words.values()];
}

function encodeOid(text) {
  const [first, second, ...rest] = text.split('.').map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const octets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      octets.unshift(0x80 | (left % 128));
    }
    return octets;
  });
  return Buffer.from([0x06, arcs.length, ...arcs]);
}

module.exports = { collectWords };
