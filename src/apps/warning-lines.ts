import type { WarningCount } from '../production/document/line-store';
import { CHECKS } from '../production/inspection/check-registry';
import { text } from '../production/inspection/texts/text';

export type Language = 'vi' | 'en';

const WORDS = {
  vi: {
    none: 'cảnh báo: không có',
    some: 'cảnh báo',
    documents: 'khi ký',
    chips: 'khi đọc chip',
  },
  en: { none: 'warnings: none', some: 'warnings', documents: 'when signed', chips: 'when read' },
} as const;

/** How often each check warned, one line a check under its title; one line when none did. */
export function describeWarnings(
  warnings: readonly WarningCount[],
  language: Language,
): readonly string[] {
  const words = WORDS[language];
  if (warnings.length === 0) return [words.none];
  return [
    `${words.some}:`,
    ...warnings.map(({ check, file, documents, chips }) => {
      const place = file === undefined ? '' : `${file}: `;
      const counts = `${documents} ${words.documents}, ${chips} ${words.chips}`;
      return `  ${place}${titleOf(check, language)}: ${counts}  (${check})`;
    }),
  ];
}

/** A check that this program no longer has keeps its id for a title. */
function titleOf(id: string, language: Language): string {
  const check = CHECKS.find((one) => one.id === id);
  return check === undefined ? id : text(check.title)[language];
}
