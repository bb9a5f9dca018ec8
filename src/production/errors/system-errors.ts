import type { ErrorEntry } from './error-entry';

/** Commands, files, the database and the machine. */
export const SYSTEM_ERRORS = {
  USAGE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Lệnh dùng sai',
    en: 'the command was used wrongly',
    hint: 'run the command with --help',
  },
  INPUT_UNREADABLE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Không đọc được tệp',
    en: 'a file or folder cannot be read',
    hint: 'check the path and its permissions',
  },
  INPUT_MALFORMED: {
    kind: 'no',
    consequence: 'correct-input',
    vi: 'Nội dung không đúng định dạng',
    en: 'the content is malformed',
    hint: 'the message names the place',
  },
  OUTPUT_UNWRITABLE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Không ghi được kết quả',
    en: 'the result cannot be written',
    hint: 'name a place that can be written and is free, or mend this one',
  },
  DATABASE_UNAVAILABLE: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Không kết nối được cơ sở dữ liệu',
    en: 'the database cannot be reached',
    hint: 'check DATABASE_URL and that PostgreSQL runs; without it, the embedded one needs PERSOLINE_HOME',
  },
  DATABASE_MISMATCH: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Cơ sở dữ liệu không khớp với chương trình',
    en: 'the database does not fit this program',
    hint: '`persoline service migrate` brings an older database up; a newer one needs a newer program',
  },
  STATE_CONFLICT: {
    kind: 'world',
    consequence: 'retry-card',
    vi: 'Trạng thái đã thay đổi',
    en: 'document or card is not in the expected state',
    hint: 'look at the document with `persoline document trace`',
  },
  TOOL_MISSING: {
    kind: 'world',
    consequence: 'correct-input',
    vi: 'Thiếu chương trình cần thiết',
    en: 'a program that is needed is not installed',
    hint: 'scripts/run installs what is needed',
  },
} as const satisfies Record<string, ErrorEntry>;
