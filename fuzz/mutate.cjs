// How an input is changed: by one to three changes, of bytes and, by what it is, of objects or text.
const { BYTE_MUTATIONS, setByte } = require('./mutate-bytes.cjs');
const { TEXT_MUTATIONS } = require('./mutate-text.cjs');
const { editTlv } = require('./mutate-tlv.cjs');

const randomByte = setByte((_, next) => next(256));
const editObject = (draft, next, pool) => {
  if (!editTlv(draft, next, pool)) randomByte(draft, next);
};
const BINARY = [...BYTE_MUTATIONS, ...Array.from({ length: 6 }, () => editObject)];
const TEXT = [...BYTE_MUTATIONS, ...TEXT_MUTATIONS, ...TEXT_MUTATIONS];

/** Changes the draft; the pool holds other inputs and the words of the dictionary. */
function mutate(draft, next, pool) {
  const mutations = pool.isText ? TEXT : BINARY;
  for (let count = 1 + next(3); count > 0; count--) {
    mutations[next(mutations.length)](draft, next, pool);
  }
}

module.exports = { mutate };
