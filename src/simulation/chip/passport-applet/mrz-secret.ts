import { decodeAscii } from '../../../standards/bytes/text';
import { computeCheckDigit } from '../../../standards/mrz/check-digit';
import type { NvMemory } from '../nv-memory';

/**
 * The MRZ information as the applet makes it: what was loaded, as long as it was loaded, each part
 * with its check digit [9303-11 §9.7.2]. A number that was not filled up to nine characters gives
 * other keys than the terminal's, here as on the real applet.
 */
export function encodeLoadedMrz(parts: readonly Uint8Array[]): string {
  return parts
    .map((part) => decodeAscii(part, 'BAC keys'))
    .map((part) => part + computeCheckDigit(part))
    .join('');
}

export function readMrzInformation(memory: NvMemory): string | undefined {
  const parts = ['mrz.number', 'mrz.birth', 'mrz.expiry'].map((name) => memory.value(name));
  const loaded = parts.filter((part) => part !== undefined);
  return loaded.length === parts.length ? encodeLoadedMrz(loaded) : undefined;
}
