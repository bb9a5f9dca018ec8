import type { EntryResult } from './member-result';
import { leaveUnchecked, runEntry } from './run-entry';
import { findTopic } from './topics';
import type { VectorFile } from './vector-file';

/** What became of one file. */
export interface FileResult {
  readonly file: string;
  readonly topic: string;
  readonly entries: readonly EntryResult[];
}

/** Recomputes every entry; of a topic that the runner does not know none is checked. */
export function runFile({ name, topic, entries }: VectorFile): FileResult {
  const known = findTopic(topic);
  return {
    file: name,
    topic,
    entries: entries.map((entry) =>
      known === undefined
        ? leaveUnchecked(entry, `the runner does not know the topic "${topic}"`)
        : runEntry(known, entry, entries),
    ),
  };
}

/** How many entries of all files came out how. */
export function countOutcomes(
  files: readonly FileResult[],
): Readonly<Record<EntryResult['outcome'], number>> {
  const counts = { passed: 0, failed: 0, 'not-checked': 0 };
  for (const { entries } of files) for (const { outcome } of entries) counts[outcome]++;
  return counts;
}
