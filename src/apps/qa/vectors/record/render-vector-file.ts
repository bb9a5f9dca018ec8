import type { RecordedEntry } from './recording';

/** A vector file as people read it: two spaces a level, ended by a line feed. */
export function renderVectorFile(topic: string, entries: readonly RecordedEntry[]): string {
  return `${JSON.stringify({ topic, entries }, null, 2)}\n`;
}
