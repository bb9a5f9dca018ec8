import { RECORD_MAX_BYTES } from '../../production/document/record-limits';

export interface Line {
  /** Counted from 1, empty lines too. */
  readonly number: number;
  /** Without its end; cut off one byte beyond the longest record. */
  readonly bytes: Uint8Array;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const MAX_KEPT = RECORD_MAX_BYTES + 1;

/** Lines ended by LF or CRLF, one at a time and bounded; lines of white space are left out. */
export async function* readLines(chunks: AsyncIterable<unknown>): AsyncGenerator<Line> {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let number = 1;
  const keep = (part: Uint8Array): void => {
    // One byte more than is kept for good, because it may be the CR of the line's end.
    const room = MAX_KEPT + 1 - keptBytes;
    if (room <= 0 || part.length === 0) return;
    const taken = part.subarray(0, room);
    kept.push(taken);
    keptBytes += taken.length;
  };
  const finish = (): Line | undefined => {
    const whole = Buffer.concat(kept);
    const end = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    const line = { number: number++, bytes: new Uint8Array(whole.subarray(0, end)) };
    kept = [];
    keptBytes = 0;
    return isBlank(line.bytes) ? undefined : { ...line, bytes: line.bytes.slice(0, MAX_KEPT) };
  };
  for await (const chunk of chunks) {
    let rest = chunk as Uint8Array;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      keep(rest.subarray(0, end));
      const line = finish();
      if (line !== undefined) yield line;
      rest = rest.subarray(end + 1);
    }
    keep(rest);
  }
  const last = finish();
  if (last !== undefined) yield last;
}

/** Nothing but spaces, tabs and a byte order mark. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => [0x20, 0x09, 0x0d, 0xef, 0xbb, 0xbf].includes(byte));
}
