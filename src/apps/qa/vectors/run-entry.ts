import { describeDifference, sameFigure } from './compare-figures';
import { normalizeName } from './inputs';
import { judgeRejection } from './judge-rejection';
import { describeMistake, type EntryResult, type MemberResult } from './member-result';
import { findStatedRejection, isVerdictMember } from './negative-entry';
import { NotComputable } from './not-computable';
import { refuseWrongReceived } from './received-figures';
import { readRefusal } from './refusal';
import type { Figure, Figures, Topic } from './topic';
import type { VectorEntry } from './vector-file';

const REFUSED = 'refused: ';

/** Recomputes one entry; whatever it holds, the answer is a result and never an error. */
export function runEntry(
  topic: Topic,
  entry: VectorEntry,
  file: readonly VectorEntry[],
): EntryResult {
  const stated = findStatedRejection(entry.expected);
  const figures = openFigures(topic, entry, file);
  const members = Object.entries(entry.expected)
    .filter(([member]) => !isVerdictMember(member, stated !== undefined))
    .map(([member, expected]) => checkMember(member, expected, figures))
    .map((result) => (stated === undefined ? result : excuseAfterRefusal(result)));
  const accept = (): void => {
    let open: NotComputable | undefined;
    try {
      topic.accept(entry);
    } catch (error) {
      if (!(error instanceof NotComputable)) throw error;
      open = error;
    }
    refuseWrongReceived(entry, figures);
    if (open !== undefined) throw open;
  };
  const verdict = stated === undefined ? [] : [judgeRejection(accept, stated)];
  return summarize(entry.id, [...verdict, ...members]);
}

/** In a negative entry a figure behind the refusal cannot come out, and that is no failure. */
function excuseAfterRefusal(result: MemberResult): MemberResult {
  if (result.outcome !== 'failed' || !result.got.startsWith(REFUSED)) return result;
  const why = `the computation ends before it: ${result.got}`;
  return { member: result.member, outcome: 'not-checked', why };
}

/** The result of an entry that nothing could be computed of. */
export function leaveUnchecked(entry: VectorEntry, why: string): EntryResult {
  const names = Object.keys(entry.expected);
  return summarize(
    entry.id,
    names.map((member) => ({ member, outcome: 'not-checked', why })),
  );
}

function summarize(id: string, members: readonly MemberResult[]): EntryResult {
  if (members.length === 0) {
    const why = 'the entry expects nothing';
    return {
      id,
      outcome: 'not-checked',
      members: [{ member: 'expected', outcome: 'not-checked', why }],
    };
  }
  const has = (outcome: MemberResult['outcome']): boolean =>
    members.some((member) => member.outcome === outcome);
  return {
    id,
    outcome: has('failed') ? 'failed' : has('not-checked') ? 'not-checked' : 'passed',
    members,
  };
}

/** Figures of the topic, under normalized names; one figure that says why when there are none. */
function openFigures(
  topic: Topic,
  entry: VectorEntry,
  file: readonly VectorEntry[],
): (member: string) => Figure | undefined {
  let figures: Figures;
  try {
    figures = topic.figures(entry, file);
  } catch (error) {
    return () => () => {
      throw error;
    };
  }
  const known = new Map(
    Object.entries(figures).map(([name, figure]) => [normalizeName(name), figure]),
  );
  const accepted = (yes: unknown) => () => {
    topic.accept(entry);
    return yes;
  };
  return (member) =>
    (Object.hasOwn(figures, member) ? figures[member] : known.get(normalizeName(member))) ??
    (member === 'valid' ? accepted(true) : member === 'result' ? accepted('valid') : undefined);
}

function checkMember(
  member: string,
  expected: unknown,
  figures: (member: string) => Figure | undefined,
): MemberResult {
  const figure = figures(member);
  if (figure === undefined) {
    const why = 'the runner does not know this member for these inputs';
    return { member, outcome: 'not-checked', why };
  }
  let got: unknown;
  try {
    got = figure(expected);
  } catch (error) {
    if (error instanceof NotComputable) {
      return { member, outcome: 'not-checked', why: error.message };
    }
    const words = readRefusal(error)?.words;
    const got = words === undefined ? describeMistake(error) : `${REFUSED}${words}`;
    return { member, outcome: 'failed', expected: shorten(expected), got };
  }
  if (sameFigure(expected, got)) return { member, outcome: 'passed' };
  const difference = describeDifference(expected, got, member);
  return {
    member: difference.place,
    outcome: 'failed',
    expected: difference.expected,
    got: difference.got,
  };
}

function shorten(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
