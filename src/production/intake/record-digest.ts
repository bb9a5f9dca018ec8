import { createHash } from 'node:crypto';
import type { RecordWithPictures } from '../document/approved-record';

/**
 * SHA-256 over what a record says and shows: the order of members and the paths' order in the
 * source do not matter, every value and every byte of a picture does.
 */
export function digestRecord({ record, pictures }: RecordWithPictures): Uint8Array {
  const hashes = [...pictures].map(([path, bytes]) => [path, sha256(bytes).toString('hex')]);
  const sorted = { record: sortMembers(record), pictures: hashes.sort(byFirst) };
  return new Uint8Array(sha256(Buffer.from(JSON.stringify(sorted), 'utf8')));
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(byFirst)
      .map(([name, part]) => [name, sortMembers(part)]),
  );
}

function byFirst(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]) < String(right[0]) ? -1 : 1;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
