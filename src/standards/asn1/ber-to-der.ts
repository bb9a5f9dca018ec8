import { compareBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, encodeTlvLength } from '../tlv/tlv';
import { TAG } from './tags';

/** In what a BER encoding departs from DER [X.690 §10, §11]. */
export type BerDeviation =
  'indefinite-length' | 'long-length' | 'constructed-string' | 'set-order' | 'boolean-value';

export interface BerReading {
  /** The same value with definite, minimal lengths and whole strings; sets keep their order. */
  readonly der: Uint8Array;
  /** Each departure once, in the order in which they were met. */
  readonly deviations: readonly BerDeviation[];
  /** Bytes behind the value that do not belong to it. */
  readonly trailingBytes: number;
}

const MAX_DEPTH = 32;
const MAX_LENGTH_OCTETS = 4;
const CONSTRUCTED = 0x20;
const CONSTRUCTED_OCTET_STRING = TAG.octetString | CONSTRUCTED;

/**
 * Reads one BER value and writes it in DER, for signed data that somebody else encoded loosely.
 * What was DER comes back byte for byte, so hashes and signatures over such parts still hold. The
 * elements of a SET are not sorted: that order may be signed as it stands [X.690 §8, §10].
 *
 * @throws MalformedError when the bytes are no BER value or it nests deeper than 32 levels.
 */
export function transcodeBerToDer(bytes: Uint8Array, place: string): BerReading {
  const reader = new BerReader(bytes, place);
  const { der, next } = reader.readValue(0, bytes.length, 0);
  return { der, deviations: [...reader.deviations], trailingBytes: bytes.length - next };
}

interface ValueReading {
  readonly der: Uint8Array;
  readonly next: number;
}

class BerReader {
  readonly deviations = new Set<BerDeviation>();

  constructor(
    private readonly bytes: Uint8Array,
    private readonly place: string,
  ) {}

  readValue(offset: number, end: number, depth: number): ValueReading {
    if (depth > MAX_DEPTH) throw this.malformed(`nests deeper than ${MAX_DEPTH} levels`, offset);
    const tag = this.octet(offset, end);
    if ((tag & 0x1f) === 0x1f) throw this.malformed('a tag number above 30', offset);
    const length = this.readLength(offset + 1, end);
    if (length.bytes === undefined) {
      if ((tag & CONSTRUCTED) === 0) throw this.malformed('a primitive without length', offset);
      this.deviations.add('indefinite-length');
      const { children, next } = this.readChildren(length.next, end, depth, true);
      return { der: this.encode(tag, children), next };
    }
    const next = length.next + length.bytes;
    if (next > end) {
      throw this.malformed(
        `a length says ${length.bytes} bytes, ${end - length.next} are there`,
        offset,
      );
    }
    if ((tag & CONSTRUCTED) === 0) {
      return { der: this.encodePrimitive(tag, this.bytes.subarray(length.next, next)), next };
    }
    const { children } = this.readChildren(length.next, next, depth, false);
    return { der: this.encode(tag, children), next };
  }

  private readChildren(start: number, end: number, depth: number, untilMark: boolean) {
    const children: Uint8Array[] = [];
    let offset = start;
    while (offset < end) {
      if (untilMark && this.bytes[offset] === 0 && this.bytes[offset + 1] === 0) {
        return { children, next: offset + 2 };
      }
      const child = this.readValue(offset, end, depth + 1);
      children.push(child.der);
      offset = child.next;
    }
    if (untilMark) throw this.malformed('an indefinite length has no end', start);
    return { children, next: offset };
  }

  private readLength(offset: number, end: number): { bytes: number | undefined; next: number } {
    const first = this.octet(offset, end);
    if (first < 0x80) return { bytes: first, next: offset + 1 };
    const octets = first & 0x7f;
    if (octets === 0) return { bytes: undefined, next: offset + 1 };
    if (octets > MAX_LENGTH_OCTETS) throw this.malformed('a length is too long', offset);
    let bytes = 0;
    for (let index = 1; index <= octets; index++) {
      bytes = bytes * 0x100 + this.octet(offset + index, end);
    }
    if (encodeTlvLength(bytes).length !== octets + 1) this.deviations.add('long-length');
    return { bytes, next: offset + 1 + octets };
  }

  private encodePrimitive(tag: number, value: Uint8Array): Uint8Array {
    const loose = tag === TAG.boolean && value.length === 1 && value[0] !== 0 && value[0] !== 0xff;
    if (!loose) return encodeTlv(tag, value);
    this.deviations.add('boolean-value');
    return encodeTlv(tag, Uint8Array.of(0xff));
  }

  private encode(tag: number, children: readonly Uint8Array[]): Uint8Array {
    if (tag === CONSTRUCTED_OCTET_STRING) {
      this.deviations.add('constructed-string');
      return encodeTlv(TAG.octetString, ...children.map((child) => this.stringPart(child)));
    }
    if (tag === TAG.set && !isSorted(children)) this.deviations.add('set-order');
    return encodeTlv(tag, concatBytes(...children));
  }

  private stringPart(part: Uint8Array): Uint8Array {
    if (part[0] !== TAG.octetString) throw this.malformed('a part of a string is no string', 0);
    return part.subarray(1 + encodeTlvLength(lengthOf(part)).length);
  }

  private octet(offset: number, end: number): number {
    const octet = offset < end ? this.bytes[offset] : undefined;
    if (octet === undefined) throw this.malformed('ends inside a tag or length', offset);
    return octet;
  }

  private malformed(reason: string, offset: number): MalformedError {
    return new MalformedError(this.place, reason, offset);
  }
}

/** Contents length of a DER value that was just encoded here, with a one-byte tag. */
function lengthOf(der: Uint8Array): number {
  const first = der[1] ?? 0;
  if (first < 0x80) return first;
  return der.subarray(2, 2 + (first & 0x7f)).reduce((sum, octet) => sum * 0x100 + octet, 0);
}

function isSorted(values: readonly Uint8Array[]): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || compareBytes(before, value) <= 0;
  });
}
