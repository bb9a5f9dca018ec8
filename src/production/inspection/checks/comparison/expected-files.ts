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
  const field = fieldWords(difference.field);
  const show = isPersonal(file, difference)
    ? (value: string): string => subject.showPersonal(value)
    : (value: string): string => value;
  const [expected, found] = [difference.expected, difference.found].map((value) =>
    value === undefined ? '–' : show(value),
  );
  // Two masked values of one length would look the same.
  const where =
    expected === found && difference.expected !== undefined && difference.found !== undefined
      ? `, another from character ${firstOther(difference.expected, difference.found)} on`
      : '';
  return fail(text('compare.differs', { file, field }), {
    ...{ file, field },
    expected: expected ?? '–',
    found: `${found ?? '–'}${where}`,
  });
}

/** Files that say who the holder is; the others are of the issuer and the chip. */
const HOLDER_FILES: readonly string[] = [1, 2, 3, 4, 5, 7, 11, 12, 13, 16].map((n) => `EF.DG${n}`);
/** Of a picture its size and encoding, of bytes their hash: no word about the holder. */
const TECHNICAL = /(Px|Ppi|Format|Bits|[vV]ersion|^\d+\.template\..*)$/;

function isPersonal(file: string, { field, expected, found }: FieldDifference): boolean {
  const areHashes = [expected, found].every((value) => value?.includes(', SHA-256 ') !== false);
  return HOLDER_FILES.includes(file) && !TECHNICAL.test(field) && !areHashes;
}

/** Number of the first character that is another, counted from 1. */
function firstOther(left: string, right: string): number {
  const offset = firstDifference(Buffer.from(left, 'utf16le'), Buffer.from(right, 'utf16le'));
  return Math.floor(offset / 2) + 1;
}
