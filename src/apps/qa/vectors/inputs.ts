import { decodeHex } from '../../../standards/bytes/hex';
import { MalformedError } from '../../../standards/bytes/malformed';
import { NotComputable } from './not-computable';
import { isObject, type VectorEntry } from './vector-file';

const MAX_NUMBER_BYTES = 2048;

/**
 * The inputs of one entry. Names are found in any case and with `-` for `_`, since files write
 * `ks_enc` and `KS_enc` for the same key.
 */
export class Inputs {
  readonly #members: ReadonlyMap<string, unknown>;

  constructor(members: Readonly<Record<string, unknown>>) {
    const known = new Map<string, unknown>();
    for (const [name, value] of Object.entries(members)) known.set(normalizeName(name), value);
    this.#members = known;
  }

  static of(entry: VectorEntry): Inputs {
    return new Inputs(entry.inputs);
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.find(name) !== undefined);
  }

  /** The first of these that is there; null counts as absent. */
  find(...names: readonly string[]): unknown {
    return names
      .map((name) => this.#members.get(normalizeName(name)))
      .find((value) => value !== undefined && value !== null);
  }

  /** @throws NotComputable when none is there, MalformedError when it is no text. */
  text(...names: readonly string[]): string {
    const value = this.#require(names);
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') throw new MalformedError(names[0] ?? 'input', 'is no text');
    return value;
  }

  /** @throws NotComputable when none is there, MalformedError when it is no hexadecimal. */
  hex(...names: readonly string[]): Uint8Array {
    const value = this.#require(names);
    const place = names[0] ?? 'input';
    if (typeof value !== 'string') throw new MalformedError(place, 'is no hexadecimal text');
    return decodeHex(value.replace(/^0x/i, ''), place);
  }

  /**
   * A number that is computed with. One beyond every key there is would keep the computation busy
   * for hours.
   *
   * @throws NotComputable when none is there or it is too long, MalformedError
   */
  number(...names: readonly string[]): Uint8Array {
    const bytes = this.hex(...names);
    if (bytes.length <= MAX_NUMBER_BYTES) return bytes;
    throw new NotComputable(`${names[0] ?? 'input'} is longer than ${8 * MAX_NUMBER_BYTES} bits`);
  }

  /** The first of these in hexadecimal, undefined when none is there. @throws MalformedError */
  optionalHex(...names: readonly string[]): Uint8Array | undefined {
    return this.has(...names) ? this.hex(...names) : undefined;
  }

  /** @throws NotComputable when none is there, MalformedError when it is no whole number. */
  integer(...names: readonly string[]): number {
    const value = this.#require(names);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) {
      throw new MalformedError(names[0] ?? 'input', 'is no whole number');
    }
    return number;
  }

  /** Texts of a list, or one text. @throws NotComputable, MalformedError */
  texts(...names: readonly string[]): readonly string[] {
    const value = this.#require(names);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.map((item) => {
      if (typeof item !== 'string') throw new MalformedError(names[0] ?? 'input', 'is no text');
      return item;
    });
  }

  /** The objects of a list. @throws NotComputable, MalformedError */
  objects(...names: readonly string[]): readonly Inputs[] {
    const value = this.#require(names);
    if (!Array.isArray(value) || !value.every(isObject)) {
      throw new MalformedError(names[0] ?? 'input', 'is no list of objects');
    }
    return value.map((item: Readonly<Record<string, unknown>>) => new Inputs(item));
  }

  /** The members of an object. @throws NotComputable, MalformedError */
  object(...names: readonly string[]): Inputs {
    const value = this.#require(names);
    if (!isObject(value)) throw new MalformedError(names[0] ?? 'input', 'is no object');
    return new Inputs(value);
  }

  #require(names: readonly string[]): unknown {
    const value = this.find(...names);
    if (value === undefined) throw new NotComputable(`the inputs have no ${names.join(' or ')}`);
    return value;
  }
}

/** What the other side sent instead of the right figure: `T_IC_received`, in either half. */
export function received(entry: VectorEntry, member: string): Uint8Array | undefined {
  const name = `${member}_received`;
  return Inputs.of(entry).optionalHex(name) ?? new Inputs(entry.expected).optionalHex(name);
}

/** One spelling of a member's name for comparison. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}
