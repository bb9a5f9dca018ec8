// One input while it is being changed: a buffer with room, written in place.

class Draft {
  #bytes;

  constructor(maxBytes) {
    this.maxBytes = maxBytes;
    this.#bytes = new Uint8Array(maxBytes);
    this.length = 0;
  }

  get bytes() {
    return this.#bytes;
  }

  load(input) {
    this.length = Math.min(input.length, this.maxBytes);
    this.#bytes.set(this.length === input.length ? input : input.subarray(0, this.length));
  }

  /** Puts other bytes in place of a stretch; what no longer fits falls off the end. */
  splice(at, remove, piece) {
    const end = Math.min(at + remove, this.length);
    const room = this.maxBytes - at;
    const fits = piece.length <= room ? piece : piece.subarray(0, room);
    const tail = Math.min(this.length - end, room - fits.length);
    if (at + fits.length !== end) this.#bytes.copyWithin(at + fits.length, end, end + tail);
    this.#bytes.set(fits, at);
    this.length = at + fits.length + tail;
  }

  toBytes() {
    return this.#bytes.slice(0, this.length);
  }
}

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

module.exports = { Draft, seededNumbers };
