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
  return `<table class="checks"><tbody>${checks.map(checkRow).join('\n')}</tbody></table>`;
}

function checkRow(check: InspectionCheck): string {
  const word = text(`outcome.${check.outcome}`);
  const file =
    check.file === undefined ? '' : `<span class="file">${escapeMarkup(check.file)}</span>`;
  return [
    `<tr class="${check.outcome}">`,
    `<td><span class="mark" aria-hidden="true">${MARKS[check.outcome]}</span><span class="says">${escapeMarkup(word.vi)}</span></td>`,
    `<td>${file}${bilingual(check.title)}${reasonBlock(check)}${evidenceBlock(check)}</td>`,
    `<td class="where">${escapeMarkup(check.clause)}<br>${escapeMarkup(check.id)}</td>`,
    '</tr>',
  ].join('');
}

function reasonBlock({ reason }: InspectionCheck): string {
  if (reason === undefined) return '';
  return `<div class="reason">${escapeMarkup(reason.vi)}<span class="en">${escapeMarkup(reason.en)}</span></div>`;
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
