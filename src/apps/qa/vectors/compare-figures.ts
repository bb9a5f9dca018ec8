import { isObject } from './vector-file';

/**
 * True when a computed value is what the entry expects. Hexadecimal is compared without regard to
 * case and white space, a number may stand as text, and an object is compared by the members that
 * are expected: what was computed beyond them says nothing against it.
 */
export function sameFigure(expected: unknown, got: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(got) &&
      got.length === expected.length &&
      expected.every((item, index) => sameFigure(item, got[index]))
    );
  }
  if (isObject(expected)) {
    if (!isObject(got)) return false;
    return Object.entries(expected).every(
      ([name, value]) => Object.hasOwn(got, name) && sameFigure(value, got[name]),
    );
  }
  if (typeof expected === 'string' && typeof got === 'string') {
    return expected === got || sameHex(expected, got);
  }
  if (typeof expected === 'string' && typeof got === 'number') return expected === String(got);
  if (typeof expected === 'number' && typeof got === 'string') return String(expected) === got;
  return expected === got;
}

/** How the first difference reads, for a person: the place inside the value, then both sides. */
export function describeDifference(
  expected: unknown,
  got: unknown,
  place = '',
): { readonly place: string; readonly expected: string; readonly got: string } {
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    const index = expected.findIndex((item, at) => !sameFigure(item, got[at]));
    return describeDifference(expected[index], got[index], `${place}[${index}]`);
  }
  if (isObject(expected) && isObject(got)) {
    const name = Object.keys(expected).find((key) => !sameFigure(expected[key], got[key])) ?? '';
    return describeDifference(expected[name], got[name], `${place}.${name}`);
  }
  return { place, expected: show(expected), got: show(got) };
}

function sameHex(expected: string, got: string): boolean {
  const normalize = (text: string): string => text.replaceAll(/\s+/g, '').toUpperCase();
  const left = normalize(expected);
  return /^[0-9A-F]*$/.test(left) && left === normalize(got);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
