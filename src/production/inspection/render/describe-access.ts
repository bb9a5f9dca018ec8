import type { LocalText } from '../../document/inspection-report';

const VIETNAMESE: Readonly<Record<string, string>> = {
  files: 'chỉ có tệp, không có chip',
  'no access control': 'chip không cần mật khẩu',
  'without password': 'không dùng mật khẩu',
};

/** How a chip was opened, or the name of a step: both stand in English in the report. */
export function describeAccess(words: string): LocalText {
  const vi = VIETNAMESE[words] ?? words.replace(' with ', ' với ').replace(', then ', ', sau đó ');
  return { vi, en: words };
}
