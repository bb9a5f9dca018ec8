/**
 * The key whose components people bring: the exclusive-or of all of them, so that every component
 * but one tells nothing of it [ISO 11568-2].
 *
 * @param components at least two, of the same length
 * @throws RangeError
 */
export function combineKeyComponents(components: readonly Uint8Array[]): Uint8Array {
  const [first] = components;
  if (first === undefined || components.length < 2) throw new RangeError('at least two components');
  const key = new Uint8Array(first.length);
  for (const component of components) {
    if (component.length !== key.length) throw new RangeError('components of different lengths');
    for (const [index, byte] of component.entries()) key[index] = (key[index] ?? 0) ^ byte;
  }
  return key;
}
