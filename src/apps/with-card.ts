import { once } from 'node:events';
import type { CardConnection } from '../production/ports';
import { openReaders } from './wiring/readers';

export interface ReaderOptions {
  readonly reader: string;
  /** Seconds to wait for a card. */
  readonly wait: number;
}

/**
 * Does something with the card in a PC/SC reader, and leaves the reader as it was. An interrupt ends
 * the waiting for a card; what was begun with a card is not torn off.
 */
export async function withCard<T>(
  { reader: name, wait }: ReaderOptions,
  signal: AbortSignal,
  work: (connection: CardConnection) => Promise<T>,
): Promise<T> {
  const readers = openReaders();
  try {
    const reader = await readers.find(name);
    const connection = await unlessAborted(reader.connect({ timeoutMs: wait * 1000 }), signal);
    try {
      return await work(connection);
    } finally {
      await connection.disconnect();
    }
  } finally {
    await readers.close();
  }
}

/** Waits for something that cannot be told to stop. */
async function unlessAborted<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const done = new AbortController();
  const aborted = once(signal, 'abort', { signal: done.signal }).then(() => {
    signal.throwIfAborted();
  });
  // Whichever comes second is heard by nobody.
  for (const one of [waiting, aborted]) one.catch(() => undefined);
  try {
    await Promise.race([waiting, aborted]);
    return await waiting;
  } finally {
    done.abort();
  }
}
