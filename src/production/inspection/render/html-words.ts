import type { LocalText } from '../../document/inspection-report';
import { type PlainKey, text } from '../texts/text';
import { escapeMarkup } from './escape-markup';

/** Vietnamese first, English after it and quieter. */
export function bilingual(words: LocalText): string {
  return `${escapeMarkup(words.vi)} <span class="en">${escapeMarkup(words.en)}</span>`;
}

export function heading(key: PlainKey, count?: string): string {
  const right = count === undefined ? '' : `<span class="count">${escapeMarkup(count)}</span>`;
  return `<h2>${bilingual(text(key))}${right}</h2>`;
}

/** A label and its value in a list of facts; `wide` takes the whole line. */
export function fact(key: PlainKey, value: string, className?: string): string {
  const wide = className === undefined ? '' : ' class="wide"';
  const named = className === undefined ? '' : ` class="${className}"`;
  return `<div${wide}><dt>${bilingual(text(key))}</dt><dd${named}>${escapeMarkup(value)}</dd></div>`;
}

/** A moment as people in Vietnam write it, `22/11/2026, 10:37:25`, with the zone. */
export function formatMoment(moment: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(moment);
  return `${parts.replace(',', '')} +07`;
}
