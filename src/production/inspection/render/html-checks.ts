import {
  CHECK_GROUPS,
  type CheckOutcome,
  type InspectionCheck,
} from '../../document/inspection-report';
import { text } from '../texts/text';
import { sortBySeverity } from '../verdict';
import { escapeMarkup } from './escape-markup';
import { bilingual, heading } from './html-words';
import { countOutcomes } from './render-report-json';

const MARKS = {
  pass: '✓',
  note: 'i',
  warning: '!',
  fail: '✕',
  'not-checked': '?',
} as const satisfies Record<CheckOutcome, string>;

/** Evidence longer than this gets a line of its own. */
const MAX_INLINE_LENGTH = 30;

/** What needs a person: failures and warnings, the gravest first; nothing when there are none. */
export function attentionSection(checks: readonly InspectionCheck[]): string {
  const wanted = sortBySeverity(checks).filter(
    ({ outcome }) => outcome === 'fail' || outcome === 'warning',
  );
  if (wanted.length === 0) return '';
  return `<section>${heading('page.needs-attention', String(wanted.length))}${checkTable(wanted)}</section>`;
}

/** All checks by group, each group with how many of its checks passed. */
export function groupSections(checks: readonly InspectionCheck[]): string {
  return CHECK_GROUPS.map((group) => {
    const members = checks.filter((check) => check.group === group);
    if (members.length === 0) return '';
    const { pass } = countOutcomes(members);
    const count = `${pass} / ${members.length} ${MARKS.pass}`;
    return `<section>${heading(`group.${group}`, count)}${checkTable(members)}</section>`;
  }).join('\n');
}

function checkTable(checks: readonly InspectionCheck[]): string {
  const rows = groupRows(checks).map((row) => {
    if (row.length === 1) return row.map(checkRow).join('');
    return row[0]?.outcome === 'pass' ? passesRow(row) : differencesRow(row);
  });
  return `<table class="checks"><tbody>${rows.join('\n')}</tbody></table>`;
}

/**
 * Passes of one check over several files stand in one row, and so do the fields in which one file
 * is not what was meant: they are read at a glance.
 */
function groupRows(checks: readonly InspectionCheck[]): readonly InspectionCheck[][] {
  const rows: InspectionCheck[][] = [];
  const open = new Map<string, InspectionCheck[]>();
  for (const check of checks) {
    const key = rowKey(check);
    const row = key === undefined ? undefined : open.get(key);
    if (row !== undefined) {
      row.push(check);
      continue;
    }
    const started = [check];
    rows.push(started);
    if (key !== undefined) open.set(key, started);
  }
  return rows;
}

function rowKey({ id, outcome, file, field }: InspectionCheck): string | undefined {
  if (outcome === 'pass') return `pass ${id}`;
  return field === undefined ? undefined : `${outcome} ${id} ${file ?? ''}`;
}

/** One file, its fields below each other: field, expected, found. */
function differencesRow(differences: readonly InspectionCheck[]): string {
  const [first] = differences;
  if (first === undefined) return '';
  const { file = '' } = first;
  const head = (['page.field', 'page.expected', 'page.found'] as const)
    .map((key) => `<th>${bilingual(text(key))}</th>`)
    .join('');
  const lines = differences.map(
    ({ field, expected, found }) =>
      `<tr><td>${field === undefined ? '' : bilingual(field)}</td><td class="mono">${escapeMarkup(expected ?? '')}</td><td class="mono">${escapeMarkup(found ?? '')}</td></tr>`,
  );
  const reason = reasonBlock({
    ...first,
    reason: text('page.fields-differ', { file, count: differences.length }),
  });
  return rowOf(
    first,
    `<span class="file">${escapeMarkup(file)}</span>${bilingual(first.title)}${reason}<table class="fields"><thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table>`,
  );
}

function passesRow(passes: readonly InspectionCheck[]): string {
  const [first] = passes;
  if (first === undefined) return '';
  const lines = passes.map(
    ({ file, found }) =>
      `<span class="item"><b>${escapeMarkup(file ?? '')}</b> ${escapeMarkup(found ?? '')}</span>`,
  );
  const long = passes.some(({ found }) => (found ?? '').length > MAX_INLINE_LENGTH);
  const list = `<div class="evidence mono${long ? ' lines' : ''}">${lines.join(' ')}</div>`;
  return rowOf(first, `${bilingual(first.title)}${list}`);
}

function checkRow(check: InspectionCheck): string {
  const evidence = check.outcome === 'pass' ? passEvidence(check) : evidenceBlock(check);
  const file =
    check.file === undefined ? '' : `<span class="file">${escapeMarkup(check.file)}</span>`;
  return rowOf(check, `${file}${bilingual(check.title)}${reasonBlock(check)}${evidence}`);
}

function rowOf(check: InspectionCheck, body: string): string {
  const word = text(`outcome.${check.outcome}`);
  return [
    `<tr class="${check.outcome}">`,
    `<td><span class="mark" aria-hidden="true">${MARKS[check.outcome]}</span><span class="says">${escapeMarkup(word.vi)}</span></td>`,
    `<td>${body}</td>`,
    `<td class="where">${escapeMarkup(check.clause)}<br>${escapeMarkup(check.id)}</td>`,
    '</tr>',
  ].join('');
}

function reasonBlock({ reason }: InspectionCheck): string {
  if (reason === undefined) return '';
  return `<div class="reason">${escapeMarkup(reason.vi)}<span class="en">${escapeMarkup(reason.en)}</span></div>`;
}

/** What a passed check saw; what it expected is then the same or goes without saying. */
function passEvidence({ found }: InspectionCheck): string {
  return found === undefined ? '' : `<div class="evidence mono">${escapeMarkup(found)}</div>`;
}

function evidenceBlock(check: InspectionCheck): string {
  const parts = (['expected', 'found'] as const).flatMap((kind) => {
    const value = check[kind];
    if (value === undefined) return [];
    const label = text(`page.${kind}`);
    return [
      `${escapeMarkup(label.vi)} <span class="en">(${escapeMarkup(label.en)})</span>: <span class="mono">${escapeMarkup(value)}</span>`,
    ];
  });
  return parts.length === 0 ? '' : `<div class="evidence">${parts.join('<br>')}</div>`;
}
