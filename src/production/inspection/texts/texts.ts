import type { LocalText } from '../../document/inspection-report';
import { BIOMETRIC_TEXTS } from './biometric-texts';
import { CERTIFICATE_TEXTS } from './certificate-texts';
import { CHIP_TEXTS } from './chip-texts';
import { FILE_TEXTS } from './file-texts';
import { LINT_TEXTS } from './lint-texts';
import { PAGE_TEXTS } from './page-texts';
import { SOD_TEXTS } from './sod-texts';
import { VERDICT_TEXTS } from './verdict-texts';

/**
 * Every text of an inspection report, in Vietnamese and English under one key. A hash is *giá trị
 * băm*, never *vân tay*; a data group keeps its name.
 */
export const TEXTS = {
  ...VERDICT_TEXTS,
  ...FILE_TEXTS,
  ...BIOMETRIC_TEXTS,
  ...SOD_TEXTS,
  ...CERTIFICATE_TEXTS,
  ...CHIP_TEXTS,
  ...LINT_TEXTS,
  ...PAGE_TEXTS,
} as const satisfies Record<string, LocalText>;

export type TextKey = keyof typeof TEXTS;
