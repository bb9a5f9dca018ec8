import { parseEfCvca } from '../../../../standards/access/terminal-authentication/ef-cvca';
import { equalBytes } from '../../../../standards/bytes/compare';
import { type Check, fail, type Finding, notChecked, note, pass } from '../../check';
import {
  compareContents,
  type FieldDifference,
  fieldWords,
  firstDifference,
} from '../../compare-contents';
import { attempt, valueOf } from '../../parsed';
import { sha256Hex } from '../../render/render-report-json';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';

/** Byte for byte what was meant, file by file; a difference is named by its field. */
export const expectedFiles: Check = {
  id: 'persoline:compare/file',
  group: 'comparison',
  title: 'title.compare-file',
  clause: '[9303-2 §4]',
  run: (subject) => {
    const { expected, files } = subject;
    if (expected === undefined) return [];
    const names = new Set([...expected.keys(), ...files.keys()]);
    return [...names].flatMap((file) =>
      fileFindings(subject, file, { meant: expected.get(file), there: files.get(file) }),
    );
  },
};

/** They say what the chip can do and whom it trusts, not whose it is: its maker may put them there. */
const CHIP_FILES: readonly string[] = ['EF.ATR-INFO', 'EF.DIR', 'EF.CVCA'];

interface Versions {
  readonly meant: Uint8Array | undefined;
  readonly there: Uint8Array | undefined;
}

function fileFindings(subject: Subject, file: string, { meant, there }: Versions): Finding[] {
  if (meant === undefined) {
    return CHIP_FILES.includes(file) ? [] : [fail(text('compare.unexpected', { file }), { file })];
  }
  if (there === undefined) {
    return subject.chip?.unread.get(file)?.why === 'needs-ta'
      ? [notChecked(text('compare.not-read', { file }), { file })]
      : [fail(text('compare.missing', { file }), { file })];
  }
  if (equalBytes(meant, there)) return [pass({ file, found: `${there.length} bytes` })];
  if (file === 'EF.CVCA' && hasMovedOn(meant, there)) {
    return [note(text('compare.trust-moved'), { file })];
  }
  const differences = compareContents(file, meant, there) ?? [];
  if (differences.length > 0) {
    return differences.map((difference) => fieldFinding(subject, file, difference));
  }
  const offset = firstDifference(meant, there);
  return [
    fail(text('compare.differs-bytes', { file, offset }), {
      file,
      expected: `${meant.length} bytes, SHA-256 ${sha256Hex(meant)}`,
      found: `${there.length} bytes, SHA-256 ${sha256Hex(there)}`,
    }),
  ];
}

/** A chip puts a newer CVCA before the one that it was made with [9303-11 §7.1.4.3.4]. */
function hasMovedOn(meant: Uint8Array, there: Uint8Array): boolean {
  const [before, now] = [meant, there].map((file) => valueOf(attempt(() => parseEfCvca(file))));
  return before?.[0] !== undefined && now?.[1] === before[0];
}

function fieldFinding(subject: Subject, file: string, difference: FieldDifference): Finding {
  const { field, expected, found } = difference;
  return fail(text('compare.differs', { file, field: fieldWords(field) }), {
    file,
    expected: expected === undefined ? '–' : subject.showPersonal(expected),
    found: found === undefined ? '–' : subject.showPersonal(found),
  });
}
