import { type Check, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

const FILE = 'EF.DG16';

export const persons: Check = {
  id: 'persoline:LDS/persons',
  group: 'files',
  title: 'title.persons',
  clause: '[9303-10 §4.7.16]',
  run: ({ contents }) => {
    const listed = valueOf(contents[FILE]);
    if (listed === undefined) return [];
    const complaints = listed.flatMap(({ recorded }, index) =>
      isDay(recorded) ? [] : [warn(text('persons.date', { person: index + 1 }), { file: FILE })],
    );
    return passUnless(complaints, { file: FILE, found: `${listed.length} persons` });
  },
};

/** `yyyymmdd`, a day of the calendar. */
function isDay(digits: string): boolean {
  const iso = digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
