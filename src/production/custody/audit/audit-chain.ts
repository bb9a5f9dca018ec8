import { equalBytes } from '../../../standards/bytes/compare';
import type { AuditHead } from '../../document/custody/audit-log';
import { NO_PREVIOUS } from '../../document/custody/audit-text';

export interface ChainLink {
  readonly sequence: number;
  readonly previous: Uint8Array;
  readonly sha256: Uint8Array;
  readonly line: number;
}

export type ChainVerdict =
  | { readonly kind: undefined; readonly reason: '' }
  | { readonly kind: 'changed' | 'reordered' | 'inserted'; readonly reason: string };

const RIGHT: ChainVerdict = { kind: undefined, reason: '' };

/** The entries of one writer as they come along in a file. */
export class AuditChain {
  /** Hashes since the last checkpoint, by number. */
  private readonly hashes = new Map<number, Uint8Array>([[0, NO_PREVIOUS]]);
  private readonly gaps = new Map<number, number>();
  private last = 0;
  private pinned = 0;

  constructor(readonly writer: string) {}

  /** Takes the next entry, and says what is wrong with its place. */
  add(link: ChainLink): ChainVerdict {
    const { sequence, sha256 } = link;
    if (sequence <= this.last) return this.addLate(link);
    for (let missing = this.last + 1; missing < sequence; missing++) {
      this.gaps.set(missing, link.line);
    }
    const before = this.hashes.get(sequence - 1);
    this.last = sequence;
    this.hashes.set(sequence, sha256);
    // After a gap there is nothing to compare with; the gap itself is the fault.
    if (before === undefined || equalBytes(before, link.previous)) return RIGHT;
    return { kind: 'changed', reason: 'it does not follow the entry before it' };
  }

  /** What a signed head says against the chain, if anything. */
  compare(
    head: AuditHead,
    closing: boolean,
  ): { readonly kind: 'changed' | 'truncated' | 'inserted'; readonly where: string } | undefined {
    const { writer, sequence } = head;
    if (sequence > this.last) {
      return { kind: 'truncated', where: `${writer} ${this.last + 1} to ${sequence}` };
    }
    if (closing && sequence < this.last) {
      return { kind: 'inserted', where: `${writer} ${sequence + 1} to ${this.last}` };
    }
    const hash = this.hashes.get(sequence);
    const first = this.pinned + 1;
    const agrees = hash === undefined || equalBytes(hash, head.sha256);
    this.forgetBefore(sequence);
    // From here on the signed hash counts, so that one change is not a fault at every checkpoint.
    this.hashes.set(sequence, head.sha256);
    if (agrees) return undefined;
    const where = first >= sequence ? `${writer} ${sequence}` : `${writer} ${first} to ${sequence}`;
    return { kind: 'changed', where };
  }

  /** Numbers that were passed over and never came; each with the line where that was seen. */
  missing(): readonly { readonly sequence: number; readonly line: number }[] {
    return [...this.gaps].map(([sequence, line]) => ({ sequence, line }));
  }

  private addLate({ sequence, sha256 }: ChainLink): ChainVerdict {
    if (!this.gaps.delete(sequence)) {
      return { kind: 'inserted', reason: 'there is another entry of this number before it' };
    }
    this.hashes.set(sequence, sha256);
    return { kind: 'reordered', reason: `it stands after ${this.writer} ${this.last}` };
  }

  private forgetBefore(sequence: number): void {
    for (const known of this.hashes.keys()) if (known < sequence) this.hashes.delete(known);
    this.pinned = sequence;
  }
}
