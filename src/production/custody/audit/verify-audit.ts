import type { KeyObject } from 'node:crypto';
import { equalBytes } from '../../../standards/bytes/compare';
import { MalformedError } from '../../../standards/bytes/malformed';
import { encodeUtf8 } from '../../../standards/bytes/text';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { importPublicKey, verifySignature } from '../../../standards/crypto/sign-verify';
import { parseSignatureAlgorithmName } from '../../../standards/crypto/signature-algorithms';
import type { StoredAuditEntry, StoredCheckpoint } from '../../document/custody/audit-log';
import {
  type CheckpointContent,
  NO_PREVIOUS,
  parseAuditEntry,
  parseCheckpoint,
} from '../../document/custody/audit-text';
import { AUDIT_FILE_HEAD, parseAuditLine } from './audit-file';
import { AuditChain } from './audit-chain';

/** What is wrong with a log. */
export interface AuditFault {
  readonly kind: 'deleted' | 'changed' | 'reordered' | 'inserted' | 'truncated' | 'unsigned';
  /** The entry by writer and number, or the part of the log between two checkpoints. */
  readonly where: string;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface AuditVerdict {
  readonly faults: readonly AuditFault[];
  readonly entries: number;
  readonly writers: number;
  readonly checkpoints: number;
  /** The log is complete up to this moment; undefined when its end is not signed. */
  readonly completeUntil?: Date;
}

/**
 * Checks an exported log with nothing but the public key of the audit: every hash, every chain,
 * every signature. An entry that was touched is named; where somebody also made all later hashes
 * anew, the signed checkpoints say between which of them it stands.
 *
 * @param lines of the file, without line ends
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws MalformedError when it is no audit file or no key.
 */
export async function verifyAudit(
  lines: AsyncIterable<string> | Iterable<string>,
  publicKey: Uint8Array,
): Promise<AuditVerdict> {
  const verifier = new AuditVerifier(importPublicKey(publicKey));
  let number = 0;
  for await (const line of lines) {
    number++;
    if (number === 1) {
      if (line !== AUDIT_FILE_HEAD) throw new MalformedError('audit file', 'does not begin as one');
    } else verifier.readLine(line, number);
  }
  return verifier.finish(number);
}

class AuditVerifier {
  private readonly faults: AuditFault[] = [];
  private readonly chains = new Map<string, AuditChain>();
  private entries = 0;
  private checkpoints = 0;
  private previousCheckpoint = NO_PREVIOUS;
  private closing: { readonly at: Date; readonly line: number } | undefined;

  constructor(private readonly key: KeyObject) {}

  readLine(line: string, number: number): void {
    if (this.closing !== undefined) {
      this.fault('inserted', `line ${number}`, number, 'it stands after the closing checkpoint');
    }
    try {
      const read = parseAuditLine(line);
      if (read.kind === 'entry') this.readEntry(read.entry, number);
      else this.readCheckpoint(read.checkpoint, number);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.fault('changed', `line ${number}`, number, error.message);
    }
  }

  finish(lines: number): AuditVerdict {
    for (const chain of this.chains.values()) {
      for (const { from, to, line } of chain.missing()) {
        const where = `${chain.writer} ${from === to ? from : `${from} to ${to}`}`;
        this.fault('deleted', where, line, 'it is not there, but a later one of this writer is');
      }
    }
    if (this.closing === undefined) {
      this.fault('truncated', 'the end', lines, 'no closing checkpoint ends the file');
    }
    const faults = this.faults.toSorted((left, right) => left.line - right.line);
    return {
      faults,
      entries: this.entries,
      writers: this.chains.size,
      checkpoints: this.checkpoints,
      ...(this.closing !== undefined && { completeUntil: this.closing.at }),
    };
  }

  private readEntry({ text, sha256 }: StoredAuditEntry, line: number): void {
    const entry = parseAuditEntry(text);
    this.entries++;
    const { writer, sequence } = entry;
    const where = `${writer} ${sequence}`;
    const own = digestBytes('sha256', encodeUtf8(text));
    if (!equalBytes(own, sha256)) {
      this.fault('changed', where, line, 'its text does not have its hash');
    }
    const chain = this.chains.get(writer) ?? new AuditChain(writer);
    this.chains.set(writer, chain);
    // With the hash that was written beside it, so that one changed text is one fault.
    const fault = chain.add({ sequence, previous: entry.previous, sha256, line });
    if (fault === undefined) return;
    this.fault(fault.kind, `${writer} ${fault.sequence}`, line, fault.reason);
  }

  private readCheckpoint({ text, signature }: StoredCheckpoint, line: number): void {
    const content = parseCheckpoint(text);
    const where =
      content.kind === 'closing' ? 'closing checkpoint' : `checkpoint ${content.number}`;
    const { signature: algorithm } = parseSignatureAlgorithmName(content.algorithm);
    const message = encodeUtf8(text);
    if (!verifySignature({ algorithm, publicKey: this.key, message, signature })) {
      this.fault('unsigned', where, line, 'its signature is not of this key');
      return;
    }
    this.comparePlace(content, { where, line });
    this.compareHeads(content, { where, line });
    if (content.kind === 'closing') this.closing = { at: content.at, line };
    else {
      this.checkpoints = content.number;
      this.previousCheckpoint = digestBytes('sha256', message);
    }
  }

  private comparePlace(content: CheckpointContent, at: Place): void {
    const expected = this.checkpoints + (content.kind === 'periodic' ? 1 : 0);
    if (content.number > expected) {
      const first = this.checkpoints + 1;
      const last = content.number - (content.kind === 'periodic' ? 1 : 0);
      const which = first === last ? `checkpoint ${first}` : `checkpoints ${first} to ${last}`;
      this.fault('deleted', which, at.line, `${at.where} counts it`);
    } else if (content.number < expected) {
      this.fault('reordered', at.where, at.line, `checkpoint ${this.checkpoints} stands before it`);
    } else if (!equalBytes(content.previous, this.previousCheckpoint)) {
      this.fault('changed', at.where, at.line, 'it does not follow the checkpoint before it');
    }
  }

  private compareHeads(content: CheckpointContent, at: Place): void {
    const signed = new Set(content.heads.map(({ writer }) => writer));
    for (const head of content.heads) {
      const chain = this.chains.get(head.writer);
      if (chain === undefined) {
        const where = `${head.writer} 1 to ${head.sequence}`;
        this.fault('deleted', where, at.line, `${at.where} counts them`);
        continue;
      }
      const fault = chain.compare(head, content.kind === 'closing');
      if (fault !== undefined) {
        this.fault(fault.kind, fault.where, at.line, `${at.where} says otherwise`);
      }
    }
    if (content.kind !== 'closing') return;
    for (const { writer } of this.chains.values()) {
      if (!signed.has(writer)) {
        this.fault('inserted', `all of ${writer}`, at.line, `${at.where} knows no such writer`);
      }
    }
  }

  private fault(kind: AuditFault['kind'], where: string, line: number, reason: string): void {
    this.faults.push({ kind, where, line, reason });
  }
}

interface Place {
  readonly where: string;
  readonly line: number;
}
