import { concatBytes } from '../../standards/bytes/concat';
import { encodeUint } from '../../standards/bytes/integer';

/**
 * Messages between the vpcd driver of pcscd and a virtual card: two bytes of length, most
 * significant first, then so many bytes. One byte from the driver is a control code, more are a
 * command APDU; the card answers the question for its ATR and every APDU.
 */
export const VPCD_CONTROL = { powerOff: 0, powerOn: 1, reset: 2, askAtr: 4 } as const;

const LENGTH_BYTES = 2;

export function encodeVpcdFrame(payload: Uint8Array): Uint8Array {
  return concatBytes(encodeUint(payload.length, LENGTH_BYTES), payload);
}

/** Collects what a socket delivers into whole messages. */
export class VpcdFrameReader {
  #pending: Uint8Array = new Uint8Array();

  /** The messages that are complete now. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#pending = concatBytes(this.#pending, chunk);
    const frames: Uint8Array[] = [];
    for (;;) {
      const [high, low] = this.#pending;
      if (high === undefined || low === undefined) return frames;
      const end = LENGTH_BYTES + high * 0x100 + low;
      if (this.#pending.length < end) return frames;
      frames.push(this.#pending.slice(LENGTH_BYTES, end));
      this.#pending = this.#pending.slice(end);
    }
  }
}
