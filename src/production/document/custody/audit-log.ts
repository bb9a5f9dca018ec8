/**
 * The audit log: what people and programs did with keys and cards, and what was refused. Entries
 * of one writer are chained by hash; signed checkpoints pin the chains. An entry carries no holder
 * data: keys, cards, proposals and signers by their label or number, and reasons in plain clauses.
 */

export type AuditOutcome = 'done' | 'refused' | 'failed';

/** What somebody did, or wanted to do. */
export interface AuditEvent {
  /** Name of a person or of a program. */
  readonly who: string;
  /** A verb and its object in kebab case, `generate-key`. */
  readonly action: string;
  /** Kind and name of what it was done to, `key csca-1`, `card 0102AB`. */
  readonly subject: string;
  /** Station or host. */
  readonly place: string;
  readonly at: Date;
  readonly outcome: AuditOutcome;
  /** Why, or with what; one clause each, without holder data. */
  readonly reasons: readonly string[];
}

export interface AuditEntry extends AuditEvent {
  /** The program that wrote it; each has a chain of its own. */
  readonly writer: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  /** SHA-256 of the writer's entry before; zeros for the first. */
  readonly previous: Uint8Array;
}

/** The last entry of a chain. */
export interface AuditHead {
  readonly writer: string;
  readonly sequence: number;
  readonly sha256: Uint8Array;
}

/** An entry as it is kept: the exact text that is hashed. */
export interface StoredAuditEntry {
  readonly text: string;
  readonly sha256: Uint8Array;
}

/** A checkpoint as it is kept: the exact text that was signed. */
export interface StoredCheckpoint {
  readonly text: string;
  readonly signature: Uint8Array;
}

/**
 * Storage of the log; it can be added to and read, nothing else.
 *
 * All methods throw ProductionError `DATABASE_UNAVAILABLE`.
 */
export interface AuditLog {
  /** Adds an entry to the chain of a writer. */
  append(writer: string, event: AuditEvent): Promise<AuditHead>;
  /**
   * Adds a checkpoint over all chains as they are. `sign` is given the text without line breaks.
   *
   * @throws ProductionError `STATE_CONFLICT` when another one was added meanwhile.
   */
  addCheckpoint(order: CheckpointOrder): Promise<StoredCheckpoint>;
  /** Everything as of one moment, in the order in which it was written. */
  readAll(visit: AuditVisitor): Promise<void>;
  close(): Promise<void>;
}

export interface CheckpointOrder {
  readonly at: Date;
  readonly algorithm: string;
  readonly sign: (text: string) => Promise<Uint8Array>;
}

export interface AuditVisitor {
  entry(entry: StoredAuditEntry): Promise<void>;
  checkpoint(checkpoint: StoredCheckpoint): Promise<void>;
}
