import { equalBytes } from '../../../standards/bytes/compare';
import type { AuditHead } from '../../document/custody/audit-log';
import { NO_PREVIOUS } from '../../document/custody/audit-text';

export interface ChainLink {
  readonly sequence: number;
  readonly previous: Uint8Array;
  readonly sha256: Uint8Array;
  readonly line: number;
}

/** Something wrong with the place of an entry in its chain. */
export interface ChainFault {
  readonly kind: 'changed' | 'reordered' | 'inserted';
  /** Number of the entry at fault, which may be the one before. */
  readonly sequence: number;
  readonly reason: string;
}

/** Numbers of a writer that are not there, both ends included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** Line where that was seen. */
  readonly line: number;
}

/** The entries of one writer as they come along in a file. */
export class AuditChain {
  /** Hashes since the last checkpoint, by number. */
  private readonly hashes = new Map<number, Uint8Array>([[0, NO_PREVIOUS]]);
  private gaps: readonly Gap[] = [];
  private last = 0;
  private pinned = 0;

  constructor(readonly writer: string) {}

  /** Takes the next entry, and says what is wrong with its place. */
  add(link: ChainLink): ChainFault | undefined {
    const { sequence, sha256 } = link;
    if (sequence <= this.last) return this.addLate(link);
    if (sequence > this.last + 1) {
      this.gaps = [...this.gaps, { from: this.last + 1, to: sequence - 1, line: link.line }];
    }
    const before = this.hashes.get(sequence - 1);
    this.last = sequence;
    this.hashes.set(sequence, sha256);
    // After a gap there is nothing to compare with; the gap itself is the fault.
    if (before === undefined || equalBytes(before, link.previous)) return undefined;
    return {
      kind: 'changed',
      sequence: sequence - 1,
      reason: 'the entry after it was made when it was another',
    };
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
    if (agrees) return undefined;
    const where = first >= sequence ? `${writer} ${sequence}` : `${writer} ${first} to ${sequence}`;
    return { kind: 'changed', where };
  }

  /** Numbers that were passed over and never came. */
  missing(): readonly Gap[] {
    return this.gaps;
  }

  private addLate({ sequence, sha256 }: ChainLink): ChainFault {
    const gap = this.gaps.find(({ from, to }) => from <= sequence && sequence <= to);
    if (gap === undefined) {
      const reason = 'there is another entry of this number before it';
      return { kind: 'inserted', sequence, reason };
    }
    const rest = [
      { ...gap, to: sequence - 1 },
      { ...gap, from: sequence + 1 },
    ].filter(({ from, to }) => from <= to);
    this.gaps = this.gaps.flatMap((one) => (one === gap ? rest : [one]));
    this.hashes.set(sequence, sha256);
    return { kind: 'reordered', sequence, reason: `it stands after ${this.writer} ${this.last}` };
  }

  private forgetBefore(sequence: number): void {
    for (const known of this.hashes.keys()) if (known < sequence) this.hashes.delete(known);
    this.pinned = sequence;
  }
}
