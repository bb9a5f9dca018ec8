import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { ProductionError } from '../../production/errors';
import { isChipKind } from './chip-kinds';
import type { ChipState } from './chip-state';

/**
 * Keeps what a chip remembers, so that it can be inserted again; a test chip's keys stand in it.
 *
 * @throws ProductionError `OUTPUT_UNWRITABLE`
 */
export async function saveChipState(path: string, state: ChipState): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`;
  try {
    await writeFile(draft, `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600 });
    await rename(draft, path);
  } catch (cause) {
    throw new ProductionError('OUTPUT_UNWRITABLE', path, [], { cause });
  }
}

/**
 * @throws ProductionError `INPUT_UNREADABLE` when there is no such file, `INPUT_MALFORMED` when it
 * holds no chip.
 */
export async function loadChipState(path: string): Promise<ChipState> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ProductionError('INPUT_UNREADABLE', path, [], { cause });
  }
  const state = parseJson(text);
  if (!isChipState(state)) {
    throw new ProductionError('INPUT_MALFORMED', path, ['it holds no virtual chip']);
  }
  return state;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isChipState(value: unknown): value is ChipState {
  if (!isObject(value) || value['format'] !== 'persoline-virtual-chip-1') return false;
  const { kind, identity, files, valuesHex } = value;
  return (
    typeof kind === 'string' &&
    isChipKind(kind) &&
    isObject(identity) &&
    ['serialHex', 'batchHex', 'uidHex'].every((name) => isHex(identity[name])) &&
    isObject(files) &&
    Object.entries(files).every(
      ([fid, file]) =>
        /^[0-9A-F]{4,5}$/.test(fid) &&
        isObject(file) &&
        Number.isInteger(file['sizeBytes']) &&
        isHex(file['contentHex']),
    ) &&
    isObject(valuesHex) &&
    Object.values(valuesHex).every(isHex)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^([0-9A-F]{2})*$/.test(value);
}
