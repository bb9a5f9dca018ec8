import type { EntryResult, MemberResult } from './member-result';
import { countOutcomes, type FileResult } from './run-file';

const WORDS = { passed: 'passed', failed: 'failed', 'not-checked': 'not checked' } as const;
const MARGIN = WORDS['not-checked'].length;
const LONGEST_VALUE = 600;

/** The results for a person: one line an entry, a line for each member that needs one, a sum. */
export function renderResults(files: readonly FileResult[]): readonly string[] {
  const counts = countOutcomes(files);
  const entries = files.reduce((sum, file) => sum + file.entries.length, 0);
  return [
    ...files.flatMap((result) => [
      `${result.file}: ${result.topic}`,
      ...result.entries.flatMap(renderEntry),
    ]),
    `${entries} entries in ${files.length} files: ${counts.passed} passed, ` +
      `${counts.failed} failed, ${counts['not-checked']} not checked`,
  ];
}

function renderEntry(entry: EntryResult): readonly string[] {
  const passed = entry.members.filter(({ outcome }) => outcome === 'passed').length;
  const counted = `${passed} of ${entry.members.length} members`;
  return [
    `  ${WORDS[entry.outcome].padEnd(MARGIN)}  ${entry.id} (${counted})`,
    ...entry.members.flatMap(renderMember),
  ];
}

function renderMember(result: MemberResult): readonly string[] {
  const indent = ' '.repeat(MARGIN + 6);
  switch (result.outcome) {
    case 'passed':
      return result.remark === undefined ? [] : [`${indent}${result.remark}`];
    case 'not-checked':
      return [`${indent}not checked ${result.member}: ${result.why}`];
    case 'failed':
      return [
        `${indent}failed ${result.member}`,
        `${indent}  expected ${shorten(result.expected)}`,
        `${indent}  got      ${shorten(result.got)}`,
      ];
  }
}

function shorten(value: string): string {
  return value.length <= LONGEST_VALUE
    ? value
    : `${value.slice(0, LONGEST_VALUE)}… (${value.length} characters)`;
}
