import { MalformedError } from '../bytes/malformed';

/**
 * The contents octets of an OBJECT IDENTIFIER [X.690 §8.19].
 *
 * @throws RangeError when the text is no dotted-decimal identifier.
 */
export function encodeOidValue(dotted: string): Uint8Array {
  if (!/^[0-2](\.\d+)+$/.test(dotted)) throw new RangeError(`${dotted} is no object identifier`);
  const octets: number[] = [];
  const [first = '', second = '', ...rest] = dotted.split('.');
  appendArc(octets, BigInt(first) * 40n + BigInt(second));
  for (const arc of rest) appendArc(octets, arc.length < 10 ? Number(arc) : BigInt(arc));
  return Uint8Array.from(octets);
}

/** @throws MalformedError when an arc does not end or is not minimal. */
export function decodeOidValue(bytes: Uint8Array, place = 'OBJECT IDENTIFIER'): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  let started = false;
  for (const [index, byte] of bytes.entries()) {
    if (!started && byte === 0x80) throw new MalformedError(place, 'an arc is not minimal', index);
    arc = arc * 128n + BigInt(byte & 0x7f);
    started = (byte & 0x80) !== 0;
    if (started) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [head, ...rest] = arcs;
  if (started || head === undefined) throw new MalformedError(place, 'does not end');
  const first = head < 80n ? head / 40n : 2n;
  return [first, head - first * 40n, ...rest].join('.');
}

/** Seven bits an octet, the highest first; arcs of every known identifier fit in 31 bits. */
function appendArc(octets: number[], arc: number | bigint): void {
  if (typeof arc === 'bigint') {
    const digits = [Number(arc % 128n)];
    for (let rest = arc / 128n; rest > 0n; rest /= 128n) digits.unshift(Number(rest % 128n) | 0x80);
    octets.push(...digits);
    return;
  }
  for (let shift = 28; shift > 0; shift -= 7) {
    if (arc >= 2 ** shift) octets.push(((arc >>> shift) & 0x7f) | 0x80);
  }
  octets.push(arc & 0x7f);
}
