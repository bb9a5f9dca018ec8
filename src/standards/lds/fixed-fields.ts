import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';

/**
 * Reads fields of fixed length one after the other, as the records of ISO/IEC 19794 have them, and
 * stops where the bytes end [ISO 19794-5 §5.3].
 */
export class FixedFields {
  #offset = 0;

  constructor(
    private readonly source: Uint8Array,
    private readonly place: string,
  ) {}

  bytes(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.source.length) this.refuse('ends inside a field');
    const value = this.source.subarray(this.#offset, end);
    this.#offset = end;
    return value;
  }

  uint(lengthBytes: number): number {
    return decodeUint(this.bytes(lengthBytes), this.place);
  }

  code<Name extends string>(codes: Readonly<Record<Name, number>>, what: string): Name {
    const code = this.uint(1);
    const names = Object.keys(codes) as Name[];
    return names.find((name) => codes[name] === code) ?? this.refuse(`${what} ${code} is unknown`);
  }

  expect(wanted: Uint8Array, what: string): void {
    if (Buffer.compare(this.bytes(wanted.length), wanted) !== 0) {
      this.refuse(`does not begin with ${what}`);
    }
  }

  /** The length that a record says of itself is the length it has. */
  expectRecordLength(lengthBytes: number): void {
    const length = this.uint(lengthBytes);
    if (length === this.source.length) return;
    throw new MalformedError(
      this.place,
      `says ${length} bytes, ${this.source.length} are there`,
      this.#offset,
    );
  }

  expectEnd(last: string): void {
    if (this.#offset !== this.source.length) this.refuse(`bytes follow after the last ${last}`);
  }

  refuse(reason: string): never {
    throw new MalformedError(this.place, reason, this.#offset);
  }
}
