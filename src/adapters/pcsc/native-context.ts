import { ProductionError } from '../../production/errors';
import type { NativeReader } from './native-reader';
import { pcscError } from './pcsc-errors';

/** What the library calls with the readers that pcscd has, in a form of its own. */
export type Listed = (error: unknown, names: unknown) => void;

/** What is used of the context object of pcsclite. */
export interface NativeContext {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'reader', listener: (reader: NativeReader) => void): unknown;
  start?: (listed: Listed) => void;
  close(): unknown;
}

const PLACE = 'PC/SC';
/** An answer that is on its way when a context is closed still needs the object. */
const AFTERLIFE_MS = 1_000;

/** The library is native and optional: it is looked for when a reader is first wanted. */
export async function loadLibrary(): Promise<() => NativeContext> {
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

/**
 * A new connection to pcscd. The library lists the readers on the next tick and with every change;
 * `hear` stands before what it does about a list, which is called `listed`.
 *
 * @throws ProductionError `READER_UNAVAILABLE`
 */
export function openContext(
  makeContext: () => NativeContext,
  hear: (listed: Listed) => Listed,
): NativeContext {
  let context: NativeContext;
  try {
    context = makeContext();
  } catch (error) {
    throw pcscError(error, PLACE, 'context');
  }
  const start = context.start?.bind(context);
  if (start === undefined) throw new TypeError('pcsclite has changed: it has no start()');
  context.start = (listed) => start(hear(listed));
  return context;
}

/**
 * The readers that pcscd has now, as `Listed` takes them. The lists that a context gives with every
 * change cannot be trusted: two that follow each other at once may come as one that is empty
 * (pcsclite 1.0.1 keeps them in one place). So a context is opened for one list alone.
 *
 * @throws ProductionError `READER_UNAVAILABLE`
 */
export function listNatively(makeContext: () => NativeContext): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isHeard = false;
    const context = openContext(makeContext, () => (error, names) => {
      if (isHeard) return;
      isHeard = true;
      context.close();
      setTimeout(() => context, AFTERLIFE_MS).unref();
      if (error === null || error === undefined) resolve(names);
      else reject(pcscError(error, PLACE, 'context'));
    });
    context.on('error', (error) => reject(pcscError(error, PLACE, 'context')));
  });
}
