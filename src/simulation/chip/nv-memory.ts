import { PowerLoss } from './power-loss';

/** An elementary file: the first creation fixes `maximumBytes`, a later one may lower the size. */
export interface NvFile {
  /** Signed 16 bits, as the applet counts: 8000h and more are negative and ruin the file. */
  readonly sizeBytes: number;
  readonly content: Uint8Array;
}

/** What becomes of values and files in one transaction. */
export interface NvChange {
  readonly put?: Readonly<Record<string, Uint8Array>>;
  readonly remove?: readonly string[];
  readonly removeFiles?: readonly number[];
}

/**
 * EEPROM is programmed page by page; a page that was begun is finished by the charge pump or not
 * begun at all, so a torn write leaves whole pages of new and of old content.
 */
export const PAGE_BYTES = 64;

/**
 * The non-volatile memory of a chip: elementary files and named values. Everything else of a chip
 * is gone with its power.
 *
 * Two rules of real chips hold. File content is written page by page, so a tear leaves a prefix of
 * whole pages. Everything else (creating a file, a key, a life cycle) is a transaction: it is there
 * wholly or not at all.
 */
export class NvMemory {
  readonly #files = new Map<number, NvFile>();
  readonly #values = new Map<string, Uint8Array>();
  #pagesUntilTear = Number.POSITIVE_INFINITY;
  #pagesProgrammed = 0;

  /** Lets the power fail after so many further pages. */
  armTear(pages: number): void {
    this.#pagesUntilTear = pages;
  }

  disarmTear(): void {
    this.#pagesUntilTear = Number.POSITIVE_INFINITY;
  }

  /** Pages programmed since the chip was made; the timing model and the tests ask for it. */
  get pagesProgrammed(): number {
    return this.#pagesProgrammed;
  }

  file(fid: number): NvFile | undefined {
    return this.#files.get(fid);
  }

  files(): ReadonlyMap<number, NvFile> {
    return this.#files;
  }

  value(name: string): Uint8Array | undefined {
    return this.#values.get(name);
  }

  values(): ReadonlyMap<string, Uint8Array> {
    return this.#values;
  }

  /** Puts a file in place of what was there, as one transaction. */
  setFile(fid: number, file: NvFile): void {
    this.#program();
    this.#files.set(fid, file);
  }

  /** Writes into the content of a file, page by page. */
  writeFile(fid: number, offset: number, data: Uint8Array): void {
    const file = this.#files.get(fid);
    if (file === undefined) throw new RangeError('there is no such file in this memory');
    for (let done = 0; done < data.length;) {
      const pageEnd = offset + done + PAGE_BYTES - ((offset + done) % PAGE_BYTES);
      const length = Math.min(pageEnd - offset - done, data.length - done);
      this.#program();
      file.content.set(data.subarray(done, done + length), offset + done);
      done += length;
    }
  }

  /** Stores values together, as one transaction. */
  put(values: Readonly<Record<string, Uint8Array>>): void {
    this.change({ put: values });
  }

  remove(name: string): void {
    this.change({ remove: [name] });
  }

  /** Removes and stores values and takes files away, all of it as one transaction. */
  change({ put = {}, remove = [], removeFiles = [] }: NvChange): void {
    this.#program();
    for (const fid of removeFiles) this.#files.delete(fid);
    for (const name of remove) this.#values.delete(name);
    for (const [name, value] of Object.entries(put)) this.#values.set(name, value.slice());
  }

  #program(): void {
    if (this.#pagesUntilTear <= 0) throw new PowerLoss();
    this.#pagesUntilTear -= 1;
    this.#pagesProgrammed += 1;
  }
}
