import { ProductionError } from '../../production/errors';
import {
  type Listed,
  listNatively,
  loadLibrary,
  type NativeContext,
  openContext,
} from './native-context';
import type { NativeReader } from './native-reader';
import { pcscError } from './pcsc-errors';
import { ReaderSlot } from './reader-slot';

/** The readers of one connection to pcscd. */
export class ReaderList {
  readonly #slots = new Map<string, ReaderSlot>();
  /** What the library does about a list: readers that came are met, those that went are left. */
  #listed: Listed = () => undefined;
  #refreshing: Promise<void> | undefined;

  private constructor(private readonly makeContext: () => NativeContext) {}

  /**
   * Connects to pcscd and learns its readers.
   *
   * @param onBroken called once when the connection is gone, as when pcscd is stopped
   * @throws ProductionError `READER_UNAVAILABLE`
   */
  static async open(onBroken: () => void): Promise<ReaderList> {
    const list = new ReaderList(await loadLibrary());
    await new Promise<void>((resolve, reject) => {
      const fail = (error: unknown) => {
        reject(pcscError(error, 'PC/SC', 'context'));
        onBroken();
      };
      const context = openContext(list.makeContext, (listed) => {
        list.#listed = listed;
        return (error) => {
          if (error === null || error === undefined) list.#refresh().then(resolve, reject);
          else fail(error);
        };
      });
      context.on('error', fail);
      context.on('reader', (native) => list.#add(native));
    });
    return list;
  }

  /** Names of the readers that pcscd has now. */
  async names(): Promise<readonly string[]> {
    await this.#refresh();
    return this.#known();
  }

  /**
   * The reader of this name, if need be one that came a moment ago.
   *
   * @throws ProductionError `READER_NONE`
   */
  async find(name: string): Promise<ReaderSlot> {
    if (!this.#slots.has(name)) await this.#refresh();
    return this.slot(name);
  }

  /** The reader of this name as far as is known. @throws ProductionError `READER_NONE` */
  slot(name: string): ReaderSlot {
    const slot = this.#slots.get(name);
    if (slot !== undefined) return slot;
    const names = this.#known();
    throw new ProductionError('READER_NONE', name, [
      names.length === 0 ? 'pcscd has no reader' : `pcscd has: ${names.join(', ')}`,
    ]);
  }

  #known(): readonly string[] {
    return [...this.#slots.keys()].sort();
  }

  /** One after the other, so that the last list that is asked for is the last that is told. */
  #refresh(): Promise<void> {
    const refresh = async () => {
      this.#listed(undefined, await listNatively(this.makeContext));
    };
    this.#refreshing = (this.#refreshing ?? Promise.resolve()).then(refresh, refresh);
    return this.#refreshing;
  }

  #add(native: NativeReader): void {
    const slot = new ReaderSlot(native);
    this.#slots.set(native.name, slot);
    native.on('end', () => {
      if (this.#slots.get(native.name) === slot) this.#slots.delete(native.name);
    });
  }
}
