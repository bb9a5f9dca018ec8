import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVectorFile, type VectorEntry, type VectorFile } from '../vector-file';

export const VECTOR_ROOT = join(__dirname, '../../../../../test-vectors');

/** A line of test-vectors/manifest.json. */
export interface ManifestLine {
  readonly file: string;
  readonly source: string;
  readonly licence: string;
  readonly sha256: string;
  readonly usedBy: string;
}

export function readManifest(): readonly ManifestLine[] {
  return JSON.parse(readFileSync(join(VECTOR_ROOT, 'manifest.json'), 'utf8')) as ManifestLine[];
}

export function readShippedFile(file: string): VectorFile {
  return parseVectorFile(file, readFileSync(join(VECTOR_ROOT, file), 'utf8'));
}

/** Every shipped file in the format of the runner. */
export function readTopicFiles(): readonly VectorFile[] {
  return readManifest()
    .filter(({ usedBy }) => usedBy === 'src/apps/qa/vectors/shipped-vectors.test.ts')
    .map(({ file }) => readShippedFile(file));
}

export function shippedEntry(file: string, id: string): VectorEntry {
  const found = readShippedFile(file).entries.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`${file} has no ${id}`);
  return found;
}
