import type { ObjectFinding } from '../../../production/inspection/lint-objects/lint-finding';
import { text } from '../../../production/inspection/texts/text';
import type { LintResult } from './lint-given';
import type { ListedRule } from './list-rules';

type Language = 'vi' | 'en';

/** How many findings of each kind. */
export interface LintCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** Sums up the findings of all results. */
export function countFindings(results: readonly LintResult[]): LintCounts {
  const all = results.flatMap(({ findings }) => findings);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: all.length - errors };
}

/** Lines for a person: each object with its findings below it, the sum at the end. */
export function renderLint(results: readonly LintResult[], language: Language): readonly string[] {
  const lines = results.flatMap((result) => [
    `${result.place}: ${kindOf(result, language)}: ${stateOf(result, language)}`,
    ...result.findings.flatMap((finding) => findingLines(finding, language)),
  ]);
  return results.length === 1
    ? lines
    : [...lines, '', text('lint.counts', { ...countFindings(results) })[language]];
}

const SEVERITIES = {
  vi: { error: 'lỗi', warning: 'cảnh báo', either: 'lỗi hoặc cảnh báo' },
  en: { error: 'error', warning: 'warning', either: 'either' },
} as const;

/** One line a rule, for those who want to know what is asked. */
export function renderRules(rules: readonly ListedRule[], language: Language): readonly string[] {
  return rules.map(
    ({ rule, severity, clause, words, of }) =>
      `${rule}  ${SEVERITIES[language][severity]}  [${clause}]  ${of.join(' ')}: ${words[language]}`,
  );
}

function kindOf({ kind, role }: LintResult, language: Language): string {
  const words = text(`lint.kind-${kind}`)[language];
  return role === undefined ? words : `${words} (${role})`;
}

function stateOf(result: LintResult, language: Language): string {
  return result.findings.length === 0
    ? text('lint.clean', { rules: result.rules })[language]
    : text('lint.counts', { ...countFindings([result]) })[language];
}

function findingLines(finding: ObjectFinding, language: Language): readonly string[] {
  const { severity, file, reason, rule, clause, detail } = finding;
  const place = file === undefined ? '' : `${file}: `;
  return [
    `  ${severity === 'error' ? '✗' : '!'} ${place}${reason[language]}`,
    `      ${rule}  [${clause}]${detail === undefined ? '' : `  ${detail}`}`,
  ];
}
