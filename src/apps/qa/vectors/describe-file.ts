import { findStatedRejection } from './negative-entry';
import { findTopic } from './topics';
import type { VectorFile } from './vector-file';

/** What a vector file holds. */
export interface FileDescription {
  readonly file: string;
  readonly topic: string;
  readonly isKnown: boolean;
  readonly entries: readonly {
    readonly id: string;
    /** A negative entry must be refused. */
    readonly kind: 'positive' | 'negative';
    /** Members of `expected`, in their order. */
    readonly members: readonly string[];
    readonly source?: string;
  }[];
}

export function describeFile({ name, topic, entries }: VectorFile): FileDescription {
  return {
    file: name,
    topic,
    isKnown: findTopic(topic) !== undefined,
    entries: entries.map(({ id, expected, source }) => ({
      id,
      kind: findStatedRejection(expected) === undefined ? 'positive' : 'negative',
      members: Object.keys(expected),
      ...(source === undefined ? {} : { source }),
    })),
  };
}
