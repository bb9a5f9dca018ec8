import { runEntry } from '../run-entry';
import type { Topic } from '../topic';
import type { VectorEntry } from '../vector-file';

type Members = Readonly<Record<string, unknown>>;

/** What is to become an entry: what the card holds, and what may be told of it. */
export interface Candidate {
  readonly topic: Topic;
  readonly id: string;
  /** Inputs as they are, from which every expected figure must come out as the card has it. */
  readonly real: { readonly inputs: Members; readonly expected: Members };
  /** Inputs in which personal data is replaced; absent where there is none. */
  readonly masked?: { readonly inputs: Members; readonly what: readonly string[] };
  readonly notes?: string;
}

/** An entry as it is written, in the format of the vector files. */
export interface RecordedEntry extends VectorEntry {
  readonly source: string;
  readonly basis: 'recorded' | 'computed';
  readonly verified: true;
  readonly verification: Readonly<Record<string, true>>;
  readonly masked?: readonly string[];
  readonly notes?: string;
}

/** Entries by the name of their topic, and what could not be recorded, with the reason. */
export interface Recording {
  readonly entries: ReadonlyMap<string, readonly RecordedEntry[]>;
  readonly left: readonly { readonly id: string; readonly why: string }[];
}

/**
 * Makes entries of candidates. A candidate whose figures do not come out as the card has them is
 * left, and so is one whose masked inputs lead to no figures: nothing is written that
 * `vectors run` would not pass. No reason tells a value.
 */
export function recordCandidates(candidates: readonly Candidate[], source: string): Recording {
  const entries = new Map<string, RecordedEntry[]>();
  const left: { id: string; why: string }[] = [];
  for (const candidate of candidates) {
    const recorded = recordOne(candidate, source);
    if (typeof recorded === 'string') left.push({ id: candidate.id, why: recorded });
    else {
      const { name } = candidate.topic;
      entries.set(name, [...(entries.get(name) ?? []), recorded]);
    }
  }
  return { entries, left };
}

function recordOne(candidate: Candidate, source: string): RecordedEntry | string {
  const { topic, id, real, masked, notes } = candidate;
  const fault = findFault(topic, { id, ...real });
  if (fault !== undefined) return `${fault} does not come out as the card has it`;
  const common = { id, source, verified: true, ...(notes === undefined ? {} : { notes }) } as const;
  if (masked === undefined) {
    const verification = { recomputed: true } as const;
    return { ...common, basis: 'recorded', ...real, verification };
  }
  const expected = computeExpected(topic, { id, inputs: masked.inputs, expected: real.expected });
  const entry = { id, inputs: masked.inputs, expected };
  const maskedFault = findFault(topic, entry);
  if (maskedFault !== undefined) return `${maskedFault} cannot be computed of the masked inputs`;
  const verification = { recomputed_before_masking: true, recomputed_after_masking: true } as const;
  return { ...common, basis: 'computed', ...entry, masked: masked.what, verification };
}

/** The first member that does not pass. */
function findFault(topic: Topic, entry: VectorEntry): string | undefined {
  const { outcome, members } = runEntry(topic, entry, [entry]);
  return outcome === 'passed'
    ? undefined
    : members.find((member) => member.outcome !== 'passed')?.member;
}

/** The same members as before, computed anew; one that cannot be is left as it is and then fails. */
function computeExpected(topic: Topic, entry: VectorEntry): Members {
  const figures = topic.figures(entry, [entry]);
  return Object.fromEntries(
    Object.keys(entry.expected).map((member) => [member, figures[member]?.(undefined)]),
  );
}
