import type { RecordWithPictures } from './approved-record';
import type { DocumentFinding } from './document-finding';
import type { InspectionReport } from './inspection-report';
import type { LdsFileName } from './lds-files';
import type { CardState, DocumentState } from './life-cycle';
import type { DocumentSigner } from './signed-document';

/**
 * The memory of the line: documents, cards, and what became of both.
 *
 * Every method is exactly one database transaction: after a crash it either happened or it did
 * not. Those that move a document or a card may be called again with the same arguments when the
 * answer got lost; they then change nothing. All of them throw ProductionError
 * `DATABASE_UNAVAILABLE` when the database cannot be reached, and those that move something throw
 * `STATE_CONFLICT` when it is not where the move starts.
 */
export interface LineStore extends RecordStore, CardStore, DocumentStore, AttemptStore, BatchStore {
  /** Counts by state that must add up; counts every row, so it is no question for a poll. */
  stockBalance(): Promise<StockBalance>;
  close(): Promise<void>;
}

/** The number of a document as people say it, `document show 17`; counted up by the database. */
export type DocumentId = number;

/** One try to make one document on one card; counted up by the database. */
export type AttemptId = number;

/** Why, one clause each, in words for people and without holder data. */
export type Reasons = readonly string[];

/** SHA-256 of each file as it is to stand on the chip. */
export type FileHashes = ReadonlyMap<LdsFileName, Uint8Array>;

// Records -----------------------------------------------------------------------------------------

export interface RecordStore {
  /**
   * Takes an approved record into production as a new document in state `approved`, or `held`. A higher
   * version than those known supersedes an older document that no station has begun, which
   * becomes `refused`.
   *
   * @throws ProductionError `RECORD_CHANGED` when this version is known with other content,
   * `RECORD_SUPERSEDED` when a higher version is known, `RECORD_IN_PRODUCTION` when a station has
   * begun an older version.
   */
  registerRecord(received: ReceivedRecord): Promise<Registration>;
  /** Notes that a record was refused; the same text at the same place is noted once. */
  recordRefusal(refusal: RecordRefusal): Promise<void>;
  /** Refusals that no later registration of the same record has settled, the oldest first. */
  listRefusals(page?: Page<number>): Promise<readonly ListedRefusal[]>;
}

export interface ReceivedRecord {
  readonly record: RecordWithPictures;
  /** Name of the source and the place in it, without secrets. */
  readonly source: string;
  readonly place: string;
  /** SHA-256 over the record and its pictures: the same content has the same digest. */
  readonly sha256: Uint8Array;
  /** Doubts that a person is to look at first: the new document is `held` with these reasons. */
  readonly hold?: Reasons;
}

export interface Registration {
  readonly outcome: 'registered' | 'already-known';
  readonly documentId: DocumentId;
}

export interface RecordRefusal {
  readonly source: string;
  readonly place: string;
  /** Absent where the text was too broken to find it. */
  readonly recordId?: string;
  /** SHA-256 over the text as it came. */
  readonly sha256: Uint8Array;
  readonly reasons: Reasons;
}

export interface ListedRefusal extends RecordRefusal {
  readonly refusalId: number;
  readonly refusedAt: Date;
}

/** The entries after the one named, at most `limit` (100 by default, 1000 at most). */
export interface Page<Key> {
  readonly after?: Key;
  readonly limit?: number;
}

// Cards -------------------------------------------------------------------------------------------

export interface CardStore {
  /** New blanks of one lot; their serials are those of the chips. */
  receiveCards(delivery: CardDelivery): Promise<void>;
  storeCards(movement: CardMovement): Promise<void>;
  /** Out of the vault to a station. */
  issueCards(movement: CardMovement & { readonly station: string }): Promise<void>;
  findCard(chipSerial: string): Promise<Card | undefined>;
}

export interface CardDelivery extends CardMovement {
  readonly lot: string;
  /** Name of the chip profile that all cards of the lot follow. */
  readonly chip: string;
}

export interface CardMovement {
  /** Upper-case hexadecimal serials as the chips give them. All of them move, or none. */
  readonly chipSerials: readonly string[];
  /** Who did it. */
  readonly by: string;
}

export interface Card {
  readonly chipSerial: string;
  readonly chip: string;
  readonly lot: string;
  readonly state: CardState;
  /** `receiving`, `vault`, or the name of a station. */
  readonly place: string;
  readonly since: Date;
}

// Documents ---------------------------------------------------------------------------------------

export interface DocumentStore {
  /**
   * Takes the next approved document for a station, the oldest first, or undefined when none
   * waits. Many stations may ask at once; no document is handed out twice.
   */
  claimDocument(wish: {
    readonly station: string;
    readonly product?: string;
  }): Promise<ClaimedDocument | undefined>;
  /**
   * For a station that starts again: what it had in hand and had not begun to write is free again,
   * prepared documents as `approved`. Open attempts stay, see `openAttempts`. Returns how many.
   */
  releaseClaims(station: string): Promise<number>;
  /** approved → prepared, with the entry in the signature ledger. */
  recordPrepared(preparation: Preparation): Promise<void>;
  /** prepared or held → approved; what was prepared is erased. */
  returnToApproved(move: DocumentMove): Promise<void>;
  /** approved, prepared or held → refused. */
  refuseDocument(move: DocumentMove): Promise<void>;
  /** approved or prepared → held. */
  holdDocument(move: DocumentMove): Promise<void>;
  findDocument(documentId: DocumentId): Promise<DocumentSummary | undefined>;
  /** The document of the highest version of a record. */
  findDocumentByRecord(recordId: string): Promise<DocumentSummary | undefined>;
  /** By number, ascending. */
  listDocuments(
    page?: Page<DocumentId> & { readonly state?: DocumentState },
  ): Promise<readonly DocumentSummary[]>;
  /** The record in clear, to be masked by the caller; undefined when there is none or no more. */
  openRecord(documentId: DocumentId): Promise<RecordWithPictures | undefined>;
  /** Every event of its life and of the cards spent on it, in order. */
  trace(documentId: DocumentId): Promise<readonly TraceEvent[]>;
}

export interface ClaimedDocument {
  readonly documentId: DocumentId;
  readonly product: string;
  readonly record: RecordWithPictures;
  /** Attempts that were spoiled before: 0 for the first card, 1 for the first remake. */
  readonly spoiledAttempts: number;
}

export interface DocumentMove {
  readonly documentId: DocumentId;
  readonly by: string;
  readonly reasons: Reasons;
}

export interface Preparation {
  readonly documentId: DocumentId;
  /** The station that claimed the document. */
  readonly station: string;
  readonly signer: DocumentSigner;
  readonly signature: LedgerSignature;
  readonly fileHashes: FileHashes;
  /** What the lint warned of; only check and file are kept. */
  readonly warnings?: readonly Pick<DocumentFinding, 'check' | 'file'>[];
  /**
   * Everything that is to be written, as bytes that only the caller understands. Sealed at rest,
   * and erased as soon as the card is good or spoiled.
   */
  readonly content: Uint8Array;
}

/** One line of the signature ledger: what a document signer signed, and when. */
export interface LedgerSignature {
  /** Must lie inside the signer's period of use; the database refuses it otherwise. */
  readonly signedAt: Date;
  /** SHA-256 over the signed EF.SOD. */
  readonly sodSha256: Uint8Array;
  /** The reservation that was taken for it, where signers rotate. */
  readonly reservationId?: number;
}

export interface DocumentSummary {
  readonly documentId: DocumentId;
  readonly recordId: string;
  readonly recordVersion: number;
  readonly product: string;
  readonly state: DocumentState;
  readonly since: Date;
  readonly reasons: Reasons;
  readonly claimedBy?: string;
  readonly registeredAt: Date;
  readonly attempts: readonly AttemptSummary[];
}

export interface AttemptSummary {
  readonly attemptId: AttemptId;
  readonly chipSerial: string;
  readonly chip: string;
  readonly station: string;
  readonly openedAt: Date;
  readonly outcome: AttemptOutcome;
  /** Why it was spoiled. */
  readonly reasonCode?: string;
}

export type AttemptOutcome = 'open' | 'good' | 'spoiled';

export interface TraceEvent {
  readonly at: Date;
  /** Who or which station. */
  readonly by: string;
  readonly subject: 'document' | 'card' | 'attempt' | 'signature' | 'inspection';
  /** What happened: the new state, or a word such as `signed`, `opened`, `pass`. */
  readonly event: string;
  /** The state before, where there was one. */
  readonly from?: string;
  readonly chipSerial?: string;
  readonly attemptId?: AttemptId;
  readonly reasons: Reasons;
}

// Attempts ----------------------------------------------------------------------------------------

export interface AttemptStore {
  /**
   * prepared → encoding: the intent, committed before the first write to the chip.
   *
   * @throws ProductionError `STATE_CONFLICT` when the card is not in stock, not issued to this
   * station, of another chip type, or was ever used; or when the document is not prepared.
   */
  openAttempt(intent: AttemptIntent): Promise<AttemptId>;
  /** Keeps the verdict and the ids of checks, nothing of what was read. */
  recordInspection(
    attemptId: AttemptId,
    phase: InspectionPhase,
    report: InspectionReport,
  ): Promise<void>;
  /** encoding → encoded: the chip is written and locked. */
  recordEncoded(attemptId: AttemptId): Promise<void>;
  /** encoded → released and the card good; needs a passed inspection after the lock. */
  release(attemptId: AttemptId): Promise<void>;
  /** The card is spoiled; the document is spoiled and at once approved again for a remake. */
  spoil(attemptId: AttemptId, reason: SpoilReason): Promise<void>;
  /** What the station began and did not end, the oldest first: for recovery after a crash. */
  openAttempts(station: string): Promise<readonly OpenAttempt[]>;
}

export interface AttemptIntent {
  readonly documentId: DocumentId;
  readonly chipSerial: string;
  /** Name of the chip profile that the script was compiled for. */
  readonly chip: string;
  readonly station: string;
  readonly scriptSha256: Uint8Array;
  readonly fileHashes: FileHashes;
}

export type InspectionPhase = 'before-lock' | 'after-lock';

export interface SpoilReason {
  /** An error code or a word of the station, for instance `CARD_LOST`. */
  readonly code: string;
  /** The point of failure and what was found, without holder data. */
  readonly reasons: Reasons;
}

export interface OpenAttempt {
  readonly attemptId: AttemptId;
  readonly documentId: DocumentId;
  readonly product: string;
  readonly documentState: 'encoding' | 'encoded';
  readonly chipSerial: string;
  readonly chip: string;
  readonly openedAt: Date;
  readonly scriptSha256: Uint8Array;
  readonly fileHashes: FileHashes;
  readonly inspections: readonly {
    readonly phase: InspectionPhase;
    readonly verdict: InspectionReport['verdict'];
  }[];
  readonly record: RecordWithPictures;
  /** What was to be written, as `recordPrepared` was given it. */
  readonly content: Uint8Array;
}

// Batches -----------------------------------------------------------------------------------------

/** Questions about a batch: the blanks of one lot, and what was made of them. */
export interface BatchStore {
  /** By name of the lot, ascending. */
  listBatches(page?: Page<string>): Promise<readonly BatchSummary[]>;
  /** Undefined when no blank of such a lot was ever received. */
  findBatch(lot: string): Promise<BatchReport | undefined>;
}

export interface BatchSummary {
  readonly lot: string;
  /** Name of the chip profile that all its cards follow. */
  readonly chip: string;
  readonly cards: Readonly<Record<CardState, number>>;
}

export interface BatchReport extends BatchSummary {
  readonly attempts: Readonly<Record<AttemptOutcome, number>>;
  /** Products that were made of it, by name. */
  readonly products: readonly string[];
  /** By check, the most frequent first. */
  readonly warnings: readonly WarningCount[];
}

/** How often a check warned: a warning stops no card, so somebody has to see how many there are. */
export interface WarningCount {
  /** Id of the check, `persoline:LDS/holder-agrees`. */
  readonly check: string;
  readonly file?: string;
  /** Documents that had it when they were signed. */
  readonly documents: number;
  /** Chips that had it when they were read after the lock. */
  readonly chips: number;
}

// Balance -----------------------------------------------------------------------------------------

export interface StockBalance {
  readonly documents: Readonly<Record<DocumentState, number>>;
  readonly cards: Readonly<Record<CardState, number>>;
  readonly attempts: Readonly<Record<AttemptOutcome, number>>;
  /** Refused records that no later registration has settled. */
  readonly refusals: number;
  /** Sums that do not agree, one clause each; empty when everything is accounted for. */
  readonly discrepancies: readonly string[];
}
