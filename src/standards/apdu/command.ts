import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';

/** A command APDU [ISO 7816-4 §5.1]. */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Command data, 0 to 65,535 bytes; absent and empty mean the same. */
  readonly data?: Uint8Array;
  /** Expected response bytes, 1 to 65,536; absent when no data is expected. */
  readonly le?: number;
}

const MAX_SHORT_LC = 0xff;
const MAX_SHORT_LE = 0x100;
const MAX_LC = 0xffff;
const MAX_LE = 0x1_0000;

/**
 * The command as bytes; extended length fields only when a short one cannot hold the length
 * [ISO 7816-4 §5.1].
 *
 * @throws RangeError when data or Le is outside what any APDU can hold.
 */
export function encodeCommand(command: CommandApdu): Uint8Array {
  const { cla, ins, p1, p2, data = new Uint8Array(), le } = command;
  if (data.length > MAX_LC || (le !== undefined && (le < 1 || le > MAX_LE))) {
    throw new RangeError('data or Le does not fit into an APDU');
  }
  const header = Uint8Array.of(cla, ins, p1, p2);
  const extended = data.length > MAX_SHORT_LC || (le ?? 0) > MAX_SHORT_LE;
  const lc =
    data.length === 0 ? [] : extended ? [0, data.length >> 8, data.length & 0xff] : [data.length];
  return concatBytes(header, Uint8Array.from(lc), data, encodeLe(le, extended, data.length > 0));
}

/**
 * Bytes from a terminal as a command, short or extended [ISO 7816-4 §5.1].
 *
 * @throws MalformedError when the length fields contradict the bytes.
 */
export function parseCommand(bytes: Uint8Array): CommandApdu {
  const [cla, ins, p1, p2, ...rest] = bytes.subarray(0, 7);
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) {
    throw new MalformedError('command APDU', 'is shorter than its header');
  }
  const header = { cla, ins, p1, p2 };
  const body = bytes.subarray(4);
  const [first = 0, second = 0, third = 0] = rest;
  if (body.length === 0) return header;
  if (body.length === 1) return { ...header, le: first === 0 ? MAX_SHORT_LE : first };
  if (first !== 0) return { ...header, ...parseBody(body, 1, first) };
  if (body.length < 3) throw new MalformedError('command APDU', 'ends inside its length', 4);
  const length = second * 0x100 + third;
  if (body.length === 3) return { ...header, le: length === 0 ? MAX_LE : length };
  return { ...header, ...parseBody(body, 3, length) };
}

function parseBody(body: Uint8Array, start: number, lc: number): { data: Uint8Array; le?: number } {
  const data = body.subarray(start, start + lc);
  const tail = body.subarray(start + lc);
  const leLength = start === 1 ? 1 : 2;
  if (data.length !== lc || (tail.length !== 0 && tail.length !== leLength)) {
    throw new MalformedError(
      'command APDU',
      `Lc says ${lc} bytes, ${body.length - start} follow`,
      4,
    );
  }
  if (tail.length === 0) return { data };
  const le = tail.reduce((sum, byte) => sum * 0x100 + byte, 0);
  return { data, le: le === 0 ? (start === 1 ? MAX_SHORT_LE : MAX_LE) : le };
}

function encodeLe(le: number | undefined, extended: boolean, hasData: boolean): Uint8Array {
  if (le === undefined) return new Uint8Array();
  if (!extended) return Uint8Array.of(le & 0xff);
  const two = Uint8Array.of((le >> 8) & 0xff, le & 0xff);
  return hasData ? two : concatBytes(Uint8Array.of(0), two);
}
