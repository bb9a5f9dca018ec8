import { ProductionError } from '../../production/errors';
import type { NativeReader } from './native-reader';
import { pcscError } from './pcsc-errors';
import { ReaderSlot } from './reader-slot';

/** What is used of the context object of pcsclite. */
interface NativeContext {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'reader', listener: (reader: NativeReader) => void): unknown;
  start?: (listed: (error: unknown, names: unknown) => void) => void;
}

const PLACE = 'PC/SC';

/** The readers of one connection to pcscd. */
export class ReaderList {
  readonly #slots = new Map<string, ReaderSlot>();

  /**
   * Connects to pcscd and learns its readers.
   *
   * @param onBroken called once when the connection is gone, as when pcscd is stopped
   * @throws ProductionError `READER_UNAVAILABLE`
   */
  static async open(onBroken: () => void): Promise<ReaderList> {
    const makeContext = await loadLibrary();
    const list = new ReaderList();
    await new Promise<void>((resolve, reject) => {
      let context: NativeContext;
      try {
        context = makeContext();
      } catch (error) {
        reject(pcscError(error, PLACE, 'context'));
        return;
      }
      context.on('error', (error) => {
        reject(pcscError(error, PLACE, 'context'));
        onBroken();
      });
      context.on('reader', (native) => list.#add(native));
      // The library lists the readers on the next tick and says nothing when there are none.
      const start = context.start?.bind(context);
      if (start === undefined) throw new TypeError('pcsclite has changed: it has no start()');
      context.start = (listed) =>
        start((error, names) => {
          listed(error, names);
          resolve();
        });
    });
    return list;
  }

  names(): readonly string[] {
    return [...this.#slots.keys()].sort();
  }

  /** @throws ProductionError `READER_NONE` */
  slot(name: string): ReaderSlot {
    const slot = this.#slots.get(name);
    if (slot !== undefined) return slot;
    const names = this.names();
    throw new ProductionError('READER_NONE', name, [
      names.length === 0 ? 'pcscd has no reader' : `pcscd has: ${names.join(', ')}`,
    ]);
  }

  #add(native: NativeReader): void {
    const slot = new ReaderSlot(native);
    this.#slots.set(native.name, slot);
    native.on('end', () => {
      if (this.#slots.get(native.name) === slot) this.#slots.delete(native.name);
    });
  }
}

/** The library is native and optional: it is looked for when a reader is first wanted. */
async function loadLibrary(): Promise<() => NativeContext> {
  try {
    const library = await import('pcsclite');
    return library.default;
  } catch (cause) {
    throw new ProductionError(
      'READER_UNAVAILABLE',
      PLACE,
      ['the package pcsclite is not installed or was not built for this Node'],
      { cause },
    );
  }
}
