import { MalformedError } from '../../../standards/bytes/malformed';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import type { StoredAuditEntry, StoredCheckpoint } from '../../document/custody/audit-log';

/**
 * An exported log: a first line that names the format, then one line an entry or checkpoint, its
 * parts divided by tabs. The last part is the exact text that was hashed or signed.
 */
export const AUDIT_FILE_HEAD = 'persoline-audit\t1';

export type AuditLine =
  | { readonly kind: 'entry'; readonly entry: StoredAuditEntry }
  | { readonly kind: 'checkpoint'; readonly checkpoint: StoredCheckpoint };

export function encodeEntryLine({ text, sha256 }: StoredAuditEntry): string {
  return `entry\t${encodeHex(sha256).toLowerCase()}\t${text}`;
}

export function encodeCheckpointLine({ text, signature }: StoredCheckpoint): string {
  return `checkpoint\t${encodeHex(signature).toLowerCase()}\t${text}`;
}

/** @throws MalformedError */
export function parseAuditLine(line: string): AuditLine {
  const [kind, hex = '', text = '', ...rest] = line.split('\t');
  if (rest.length > 0 || text === '') throw new MalformedError('line', 'has not three parts');
  const bytes = decodeHex(hex, 'second part of the line');
  if (kind === 'entry') return { kind, entry: { text, sha256: bytes } };
  if (kind === 'checkpoint') return { kind, checkpoint: { text, signature: bytes } };
  throw new MalformedError('line', 'is neither an entry nor a checkpoint');
}
