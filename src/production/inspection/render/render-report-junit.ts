import type { InspectionCheck, InspectionReport } from '../../document/inspection-report';
import { countOutcomes } from './render-report-json';
import { escapeMarkup } from './escape-markup';

/**
 * The report as JUnit XML: one test case a check, its id as class and its file and title as name.
 * Failures fail, what was not checked is skipped, warnings and notes stand in the output.
 */
export function renderReportJunit(report: InspectionReport): string {
  const counts = countOutcomes(report.checks);
  const seconds = report.steps.reduce((sum, step) => sum + step.durationMs, 0) / 1000;
  const suite = attributes({
    name: 'persoline inspection',
    tests: report.checks.length,
    failures: counts.fail,
    errors: 0,
    skipped: counts['not-checked'],
    time: seconds.toFixed(3),
    timestamp: report.inspectedAt.toISOString().slice(0, 19),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${suite}>`,
    ...report.checks.map(testCase),
    `    <system-out>${escapeMarkup(report.sentence.en + judgedFor(report))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function judgedFor({ judgedFor: moment }: InspectionReport): string {
  return moment === undefined ? '' : `\nValidity judged for: ${moment.toISOString()}`;
}

function testCase(check: InspectionCheck): string {
  const name = check.file === undefined ? check.title.en : `${check.file}: ${check.title.en}`;
  const open = `    <testcase${attributes({ classname: check.id, name })}`;
  const body = outcomeElement(check);
  return body === '' ? `${open}/>` : `${open}>${body}</testcase>`;
}

function outcomeElement(check: InspectionCheck): string {
  const reason = check.reason?.en ?? check.title.en;
  const evidence = [
    check.clause,
    ...(check.expected === undefined ? [] : [`expected: ${check.expected}`]),
    ...(check.found === undefined ? [] : [`found: ${check.found}`]),
  ].join('\n');
  switch (check.outcome) {
    case 'pass':
      return '';
    case 'fail':
      return `<failure${attributes({ message: reason })}>${escapeMarkup(evidence)}</failure>`;
    case 'not-checked':
      return `<skipped${attributes({ message: reason })}/>`;
    case 'warning':
    case 'note':
      return `<system-out>${escapeMarkup(`${check.outcome}: ${reason}\n${evidence}`)}</system-out>`;
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`)
    .join('');
}
