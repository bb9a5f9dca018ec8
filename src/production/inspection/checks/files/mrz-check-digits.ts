import type { LocalText } from '../../../document/inspection-report';
import { checkMrzDigits, type MrzCheck } from '../../../../standards/mrz/parse-mrz';
import { type Check, fail, passUnless } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';

const FIELDS = {
  'document number': { vi: 'số giấy tờ', en: 'the document number' },
  'date of birth': { vi: 'ngày sinh', en: 'the date of birth' },
  'date of expiry': { vi: 'ngày hết hạn', en: 'the date of expiry' },
  'optional data': { vi: 'dữ liệu tùy chọn', en: 'the optional data' },
  composite: { vi: 'toàn dòng (số kiểm tra tổng hợp)', en: 'the whole (composite)' },
} as const satisfies Record<MrzCheck['name'], LocalText>;

export const mrzCheckDigits: Check = {
  id: 'ICAO3:LDS_B/check-digits',
  group: 'files',
  title: 'title.mrz-check-digits',
  clause: '[9303-3 §4.9]',
  run: ({ contents }) => {
    const mrz = valueOf(contents['EF.DG1']);
    const checks = mrz === undefined ? undefined : valueOf(attempt(() => checkMrzDigits(mrz)));
    if (checks === undefined) return [];
    const file = 'EF.DG1';
    const wrong = checks.filter(({ right }) => !right);
    return passUnless(
      wrong.map(({ name }) =>
        fail(text('mrz.check-digit-wrong', { field: FIELDS[name] }), { file }),
      ),
      { file, found: `${checks.length} check digits` },
    );
  },
};
