import {
  CHECK_GROUPS,
  type CheckOutcome,
  type InspectionCheck,
  type InspectionReport,
} from '../../document/inspection-report';
import { text } from '../texts/text';
import { describeAccess } from './describe-access';
import { countOutcomes } from './render-report-json';

export interface TextReportOptions {
  readonly language?: 'vi' | 'en';
  /** Every check, not only those that need a person. */
  readonly verbose?: boolean;
}

const MARKS = {
  pass: '✓',
  note: 'i',
  warning: '!',
  fail: '✗',
  'not-checked': '?',
} as const satisfies Record<CheckOutcome, string>;

/**
 * The report for a terminal, plain text without colour codes: the verdict first, then every check
 * by group. Passed checks are counted unless `verbose`.
 */
export function renderReportText(
  report: InspectionReport,
  options: TextReportOptions = {},
): string {
  const { language = 'en', verbose = false } = options;
  const lines = [
    report.sentence[language],
    `${text('page.access')[language]}: ${describeAccess(report.access)[language]}`,
    `${text('page.inspected-at')[language]}: ${report.inspectedAt.toISOString()}`,
    ...(report.judgedFor === undefined
      ? []
      : [`${text('page.judged-for')[language]}: ${report.judgedFor.toISOString()}`]),
  ];
  for (const group of CHECK_GROUPS) {
    const checks = report.checks.filter((check) => check.group === group);
    if (checks.length === 0) continue;
    const counts = countOutcomes(checks);
    lines.push('', `${text(`group.${group}`)[language]} (${counts.pass}/${checks.length})`);
    const shown = verbose ? checks : checks.filter(({ outcome }) => outcome !== 'pass');
    lines.push(...shown.flatMap((check) => checkLines(check, language)));
  }
  if (report.steps.length > 0) lines.push('', ...stepLines(report, language));
  return `${lines.join('\n')}\n`;
}

function checkLines(check: InspectionCheck, language: 'vi' | 'en'): string[] {
  const file = check.file === undefined ? '' : `${check.file}: `;
  const lines = [`  ${MARKS[check.outcome]} ${file}${check.title[language]}  ${check.clause}`];
  if (check.reason !== undefined) lines.push(`      ${check.reason[language]}`);
  for (const kind of ['expected', 'found'] as const) {
    const value = check[kind];
    if (value !== undefined) lines.push(`      ${text(`page.${kind}`)[language]}: ${value}`);
  }
  if (check.outcome !== 'pass') lines.push(`      ${check.id}`);
  return lines;
}

function stepLines(report: InspectionReport, language: 'vi' | 'en'): string[] {
  const steps = report.steps.map((step) => ({
    ...step,
    name: describeAccess(step.name)[language],
  }));
  const width = Math.max(...steps.map(({ name }) => name.length));
  return [
    text('page.steps')[language],
    ...steps.map(
      ({ name, apdus, durationMs }) =>
        `  ${name.padEnd(width)}  ${String(apdus).padStart(4)} APDU  ${String(Math.round(durationMs)).padStart(6)} ms`,
    ),
  ];
}
