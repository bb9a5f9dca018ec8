import type { InspectionReport } from '../../document/inspection-report';
import { text } from '../texts/text';
import { escapeMarkup } from './escape-markup';
import type { DecodedPictures } from './decode-pictures';
import { picturesSection, portraitFigure } from './html-pictures';
import { readHolder, type HolderView } from './holder-view';
import { attentionSection, groupSections } from './html-checks';
import { PAGE_STYLE } from './html-style';
import { bilingual, fact, formatMoment, heading } from './html-words';
import { listPictures } from './picture-views';
import { sha256Hex } from './render-report-json';

export interface HtmlReportOptions {
  /** Leaves out portrait, name and MRZ: for a page that leaves the house. */
  readonly withoutPersonalData?: boolean;
  /** What `decodePictures` made of the pictures that no browser shows. */
  readonly decoded?: DecodedPictures;
}

/**
 * The report as one page that needs nothing beside itself: Vietnamese first, English second, the
 * verdict on top, fit for paper. The portrait is the one that was read from the chip.
 */
export function renderReportHtml(
  report: InspectionReport,
  options: HtmlReportOptions = {},
): string {
  const personal = options.withoutPersonalData !== true;
  const holder = personal ? readHolder(report.files) : undefined;
  const { decoded = new Map<string, Uint8Array>() } = options;
  const pictures = personal ? listPictures(report.files) : [];
  const face = pictures.find(({ file }) => file === 'EF.DG2');
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeMarkup(pageTitle(report))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header class="top"><h1>${bilingual(text('page.title'))}</h1><span class="small">Persoline</span></header>
${verdictBlock(report, personal ? portraitFigure(face, decoded) : '')}
${factsBlock(report, holder)}
${attentionSection(report.checks)}
${picturesSection(
  pictures.filter((one) => one !== face),
  decoded,
)}
${groupSections(report.checks)}
${filesSection(report)}
${stepsSection(report)}
<footer><span>${personal ? bilingual(text('page.personal-data')) : ''}</span><span class="sign">${bilingual(text('page.signature-line'))}</span></footer>
</body>
</html>
`;
}

function pageTitle(report: InspectionReport): string {
  return `${text(`verdict.word-${report.verdict}`).vi} · ${text('page.title').vi}`;
}

function verdictBlock(report: InspectionReport, portrait: string): string {
  const { verdict, sentence } = report;
  const word = text(`verdict.word-${verdict}`);
  const mark = verdict === 'pass' ? '✓' : '✕';
  return `<section class="verdict ${verdict === 'pass' ? 'good' : 'refused'}">
<div><div class="word"><span aria-hidden="true">${mark}</span>${bilingual(word)}</div>
<p>${escapeMarkup(withoutWord(sentence.vi))}</p><p class="en">${escapeMarkup(withoutWord(sentence.en))}</p></div>
${portrait}
</section>`;
}

/** The sentence without the word that stands above it in large letters. */
function withoutWord(sentence: string): string {
  const rest = sentence.replace(/^[^:,]+[:,] */, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function factsBlock(report: InspectionReport, holder: HolderView | undefined): string {
  const facts = [
    fact('page.inspected-at', formatMoment(report.inspectedAt)),
    ...(report.judgedFor === undefined
      ? []
      : [fact('page.judged-for', formatMoment(report.judgedFor))]),
    fact('page.access', report.access),
  ];
  if (holder !== undefined) {
    facts.unshift(
      fact('page.name', holder.name),
      fact('page.document-number', holder.documentNumber),
      fact('page.date-of-birth', holder.dateOfBirth),
      fact('page.sex', holder.sex),
      fact('page.nationality', holder.nationality),
      fact('page.issuing-state', holder.issuingState),
      fact('page.date-of-expiry', holder.dateOfExpiry),
    );
    facts.push(fact('page.mrz', holder.mrzLines.join('\n'), 'mrz'));
  }
  return `<dl class="facts">${facts.join('\n')}</dl>`;
}

function filesSection(report: InspectionReport): string {
  const rows = [...report.files].map(
    ([name, bytes]) =>
      `<tr><td class="file">${escapeMarkup(name)}</td><td class="number">${bytes.length.toLocaleString('en').replaceAll(',', ' ')}</td><td class="mono">${sha256Hex(bytes)}</td></tr>`,
  );
  if (rows.length === 0) return '';
  return `<section>${heading('page.files', String(rows.length))}<table><thead><tr><th>${bilingual(text('page.file'))}</th><th class="number">${bilingual(text('page.bytes'))}</th><th>${bilingual(text('page.sha256'))}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

function stepsSection(report: InspectionReport): string {
  if (report.steps.length === 0) return '';
  const rows = report.steps.map(
    ({ name, apdus, durationMs }) =>
      `<tr><td>${escapeMarkup(name)}</td><td class="number">${apdus}</td><td class="number">${Math.round(durationMs)} ms</td></tr>`,
  );
  return `<section>${heading('page.steps', String(rows.length))}<table><thead><tr><th>${bilingual(text('page.step'))}</th><th class="number">${bilingual(text('page.apdus'))}</th><th class="number">${bilingual(text('page.duration'))}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}
