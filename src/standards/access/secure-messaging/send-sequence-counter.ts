/** The counter plus one, of the same length; after all ones comes zero [9303-11 §9.8.2]. */
export function incrementCounter(counter: Uint8Array): Uint8Array {
  const next = counter.slice();
  for (let index = next.length - 1; index >= 0; index--) {
    const sum = (next[index] ?? 0) + 1;
    next[index] = sum & 0xff;
    if (sum <= 0xff) break;
  }
  return next;
}
