import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import type { ChipIdentity } from './chip-identity';
import type { ChipKind } from './chip-kinds';
import { NvMemory } from './nv-memory';

/** What is left of a chip when it lies on the table: identity and non-volatile memory, as JSON. */
export interface ChipState {
  readonly format: 'persoline-virtual-chip-1';
  readonly kind: ChipKind;
  readonly identity: ChipIdentity;
  readonly files: Readonly<
    Record<string, { readonly sizeBytes: number; readonly contentHex: string }>
  >;
  readonly valuesHex: Readonly<Record<string, string>>;
}

export function encodeChipState(
  kind: ChipKind,
  identity: ChipIdentity,
  memory: NvMemory,
): ChipState {
  return {
    format: 'persoline-virtual-chip-1',
    kind,
    identity,
    files: Object.fromEntries(
      [...memory.files()].map(([fid, file]) => [
        fid.toString(16).toUpperCase().padStart(4, '0'),
        { sizeBytes: file.sizeBytes, contentHex: encodeHex(file.content) },
      ]),
    ),
    valuesHex: Object.fromEntries(
      [...memory.values()].map(([name, value]) => [name, encodeHex(value)]),
    ),
  };
}

/** @throws MalformedError when a file or value is no hexadecimal. */
export function restoreMemory(state: ChipState): NvMemory {
  const memory = new NvMemory();
  for (const [fid, file] of Object.entries(state.files)) {
    if (!/^[0-9A-F]{4,5}$/.test(fid)) throw new MalformedError('chip state', 'a file without id');
    memory.setFile(Number.parseInt(fid, 16), {
      sizeBytes: file.sizeBytes,
      content: decodeHex(file.contentHex, 'chip state, file'),
    });
  }
  for (const [name, hex] of Object.entries(state.valuesHex)) {
    memory.put({ [name]: decodeHex(hex, 'chip state, value') });
  }
  return memory;
}
