import { ProductionError } from '../production/errors';
import { reportError } from './report-error';

function systemError(code: string): Error {
  return Object.assign(new Error('as the system says it'), { code });
}

test('a name of the system is told in words, beside what else is said', () => {
  const error = new ProductionError('INPUT_UNREADABLE', 'lds', ['ENOENT', 'it is needed']);
  expect(reportError(error).lines[0]).toMatch(
    /: lds: ENOENT, no such file or directory; it is needed$/,
  );
});

test('an error without a reason has that of the system', () => {
  const cause = systemError('EACCES');
  expect(reportError(new ProductionError('OUTPUT_UNWRITABLE', 'out', [], { cause }))).toEqual({
    lines: [
      'error: OUTPUT_UNWRITABLE: the result cannot be written: out: EACCES, permission denied',
      expect.stringMatching(/^hint: /),
    ],
    exitStatus: 2,
  });
});

test('nothing is taken from a cause that is no error of the system', () => {
  const cause = systemError('a value of the holder');
  const [line] = reportError(new ProductionError('OUTPUT_UNWRITABLE', 'out', [], { cause })).lines;
  expect(line).toBe('error: OUTPUT_UNWRITABLE: the result cannot be written: out');
});

test('an error that nobody foresaw shows its type alone', () => {
  const { lines, exitStatus } = reportError(new TypeError('a value of the holder'));
  expect([lines[0], exitStatus]).toEqual([
    'error: INTERNAL: a fault in Persoline itself (TypeError)',
    3,
  ]);
});
