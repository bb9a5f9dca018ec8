import type { FileHashes } from '../../production/document/line-store';
import { LDS_FILE_NAMES } from '../../production/document/lds-files';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';

/** For a jsonb column: hexadecimal digest by the name of the file. */
export function encodeFileHashes(hashes: FileHashes): string {
  return JSON.stringify(
    Object.fromEntries([...hashes].map(([name, digest]) => [name, encodeHex(digest)])),
  );
}

/** In the order of the LDS, whatever order the database keeps. */
export function decodeFileHashes(column: Readonly<Record<string, string>>): FileHashes {
  return new Map(
    LDS_FILE_NAMES.flatMap((name) => {
      const hex = column[name];
      return hex === undefined ? [] : [[name, decodeHex(hex)] as const];
    }),
  );
}
