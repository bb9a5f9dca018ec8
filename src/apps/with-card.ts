import type { CardConnection } from '../production/ports';
import { openReaders } from './wiring/readers';

export interface ReaderOptions {
  readonly reader: string;
  /** Seconds to wait for a card. */
  readonly wait: number;
}

/** Does something with the card in a PC/SC reader, and leaves the reader as it was. */
export async function withCard<T>(
  { reader: name, wait }: ReaderOptions,
  work: (connection: CardConnection) => Promise<T>,
): Promise<T> {
  const readers = openReaders();
  try {
    const reader = await readers.find(name);
    const connection = await reader.connect({ timeoutMs: wait * 1000 });
    try {
      return await work(connection);
    } finally {
      await connection.disconnect();
    }
  } finally {
    await readers.close();
  }
}
