import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { encodeUtf8 } from '../../../standards/bytes/text';
import type { AuditHead, AuditLog } from '../../document/custody/audit-log';
import { encodeCheckpoint, NO_PREVIOUS, parseAuditEntry } from '../../document/custody/audit-text';
import type { Clock, Hsm } from '../../ports';
import { AUDIT_FILE_HEAD, encodeCheckpointLine, encodeEntryLine } from './audit-file';

/** The key that signs checkpoints. */
export interface AuditKey {
  readonly keyLabel: string;
  readonly algorithm: string;
}

export interface AuditSigner extends AuditKey {
  readonly hsm: Hsm;
  readonly clock: Clock;
}

/** Has the HSM sign the state of all chains, and keeps that. */
export async function signCheckpoint(log: AuditLog, signer: AuditSigner): Promise<void> {
  await log.addCheckpoint({
    at: signer.clock.now(),
    algorithm: signer.algorithm,
    sign: (text) => signText(text, signer),
  });
}

/**
 * Writes the whole log, line by line, closed by a signed statement of how long each chain is: a
 * file that was cut off lacks it. Returns how many entries were written.
 */
export async function exportAudit(
  log: AuditLog,
  signer: AuditSigner,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const heads = new Map<string, AuditHead>();
  let entries = 0;
  let number = 0;
  let previous = NO_PREVIOUS;
  await write(AUDIT_FILE_HEAD);
  await log.readAll({
    async entry(stored) {
      const { writer, sequence } = parseAuditEntry(stored.text);
      heads.set(writer, { writer, sequence, sha256: stored.sha256 });
      entries++;
      await write(encodeEntryLine(stored));
    },
    async checkpoint(stored) {
      number++;
      previous = digestBytes('sha256', encodeUtf8(stored.text));
      await write(encodeCheckpointLine(stored));
    },
  });
  const { algorithm, clock } = signer;
  const text = encodeCheckpoint({
    ...{ kind: 'closing', number, at: clock.now(), algorithm, previous },
    heads: [...heads.values()],
  });
  await write(encodeCheckpointLine({ text, signature: await signText(text, signer) }));
  return entries;
}

function signText(text: string, { hsm, keyLabel, algorithm }: AuditSigner): Promise<Uint8Array> {
  return hsm.sign({
    label: keyLabel,
    purpose: 'audit-sign',
    algorithm,
    message: encodeUtf8(text),
  });
}
