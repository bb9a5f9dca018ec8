import { escapeMarkup } from '../../../production/inspection/render/escape-markup';
import type { EntryResult } from './member-result';
import type { FileResult } from './run-file';

/**
 * The results as JUnit XML: one suite a file, one test case an entry. Failed members fail; an
 * entry of which something was not checked is skipped, with every reason.
 */
export function renderResultsJunit(files: readonly FileResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...files.flatMap(renderSuite),
    '</testsuites>',
    '',
  ].join('\n');
}

function renderSuite({ file, topic, entries }: FileResult): readonly string[] {
  const count = (outcome: EntryResult['outcome']): number =>
    entries.filter((entry) => entry.outcome === outcome).length;
  const suite = attributes({
    name: `${topic}: ${file}`,
    tests: entries.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('not-checked'),
  });
  return [
    `  <testsuite${suite}>`,
    ...entries.map((entry) => renderCase(topic, entry)),
    '  </testsuite>',
  ];
}

function renderCase(topic: string, entry: EntryResult): string {
  const open = `    <testcase${attributes({ classname: topic, name: entry.id })}`;
  const body = renderOutcome(entry);
  return body === '' ? `${open}/>` : `${open}>${body}</testcase>`;
}

function renderOutcome({ outcome, members }: EntryResult): string {
  if (outcome === 'failed') {
    const failed = members.flatMap((result) => (result.outcome === 'failed' ? [result] : []));
    const message = `failed: ${failed.map(({ member }) => member).join(', ')}`;
    const text = failed
      .map(({ member, expected, got }) => `${member}\nexpected: ${expected}\ngot: ${got}`)
      .join('\n');
    return `<failure${attributes({ message })}>${escapeMarkup(text)}</failure>`;
  }
  if (outcome === 'not-checked') {
    const reasons = members.flatMap((result) =>
      result.outcome === 'not-checked' ? [`${result.member}: ${result.why}`] : [],
    );
    return `<skipped${attributes({ message: reasons.join('; ') })}/>`;
  }
  const remarks = members.flatMap((result) =>
    result.outcome === 'passed' && result.remark !== undefined ? [result.remark] : [],
  );
  return remarks.length === 0 ? '' : `<system-out>${escapeMarkup(remarks.join('\n'))}</system-out>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`)
    .join('');
}
