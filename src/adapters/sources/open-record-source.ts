import { stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { ProductionError } from '../../production/errors';
import type { RecordSource } from '../../production/ports';
import { openDirectorySource, openLinesSource } from './directory-source';
import { openFileSource } from './file-source';
import { openPostgresSource, parsePostgresAddress } from './postgres-source';

/**
 * The record source that `--source` names: `postgres://…`, `dir:PATH`, or a path to a folder with
 * one `*.ndjson`, to an `*.ndjson` file, or to a file with one record.
 *
 * @throws ProductionError `SOURCE_UNREADABLE`; an address is never said back, it can hold a password
 */
export async function openRecordSource(name: string): Promise<RecordSource> {
  if (/^postgres(ql)?:/i.test(name)) return openPostgresSource(parsePostgresAddress(name));
  if (name.includes('://')) {
    throw new ProductionError('SOURCE_UNREADABLE', 'address of the record source', [
      'it is neither a path nor a postgres:// address',
    ]);
  }
  const path = name.replace(/^dir:/, '');
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new ProductionError('SOURCE_UNREADABLE', path, ['there is no such file or folder']);
  }
  if (found.isDirectory()) return openDirectorySource(path);
  return extname(path) === '.ndjson'
    ? openLinesSource(dirname(path), basename(path))
    : openFileSource(path);
}
