/**
 * The LDS version as four digits: `1.7` is `0107` [9303-10 §4.6.1].
 *
 * @throws RangeError when the text is not `major.update` with at most two digits each.
 */
export function ldsVersionDigits(version: string): string {
  return digitPairs(version, 2);
}

/**
 * The Unicode version as six digits: `4.0.0` is `040000` [9303-10 §4.6.1].
 *
 * @throws RangeError when the text is not `major.minor.release` with at most two digits each.
 */
export function unicodeVersionDigits(version: string): string {
  return digitPairs(version, 3);
}

function digitPairs(version: string, count: number): string {
  const parts = version.split('.');
  if (parts.length !== count || parts.some((part) => !/^\d{1,2}$/.test(part))) {
    throw new RangeError(
      `a version of ${count} numbers below 100, divided by points, belongs here`,
    );
  }
  return parts.map((part) => part.padStart(2, '0')).join('');
}
