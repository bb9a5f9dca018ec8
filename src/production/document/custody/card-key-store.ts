import type { CardKeyPart } from './card-key-set';
import type { CardKeyKind } from './card-key-vault';
import type { Approval } from './four-eyes';

/**
 * What is kept of card keys: who brought each and how it ended. No key and no component is in it.
 */

/** What a key is for; `all` is one key in all three parts of a set, `transport` none of a set. */
export type ImportedPart = CardKeyPart | 'all' | 'transport';

/** A key that is to come. */
export interface CardKeyOrder extends Omit<CardKeyKind, 'purpose'>, CardKeyOrigin {
  /** Name of the set with that of its batch, or of a transport key. */
  readonly name: string;
  readonly part: ImportedPart;
  /** Its check value, 3 bytes, where it is known before. */
  readonly kcv?: Uint8Array;
}

/** From whom a key came, and for which cards. */
export interface CardKeyOrigin {
  readonly maker?: string;
  readonly cardType?: string;
  readonly batch?: string;
}

export interface CardKeyImport extends CardKeyOrder {
  readonly importId: number;
  /** How many people bring a component each. */
  readonly components: number;
  readonly begunAt: Date;
  readonly begunBy: string;
  /** In the order of their numbers. */
  readonly given: readonly GivenComponent[];
  readonly end?: { readonly ending: 'combined' | 'abandoned'; readonly endedAt: Date };
}

/** That somebody gave a component, and which check value it has. */
export interface GivenComponent {
  readonly number: number;
  readonly custodian: string;
  readonly kcv: Uint8Array;
  readonly givenAt: Date;
  readonly signature: Uint8Array;
}

export interface RecordedCardKey extends CardKeyKind, CardKeyOrigin {
  readonly label: string;
  readonly kcv: Uint8Array;
  readonly origin: 'components' | 'wrapped' | 'made';
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly destroyedAt?: Date;
}

export type NewRecordedCardKey = Omit<RecordedCardKey, 'addedAt' | 'addedBy' | 'destroyedAt'>;

/** When something is done, and by whom. */
export interface Doing {
  readonly at: Date;
  readonly by: string;
}

/**
 * The database itself holds the rules and refuses with `FOUR_EYES_REFUSED`: nobody gives two
 * components of a key, nobody who is no custodian gives any, and once custodians have founded a key
 * comes and goes by a proposal alone. `STATE_CONFLICT` for what does not follow; everything can throw
 * `DATABASE_UNAVAILABLE`.
 */
export interface CardKeyStore {
  beginImport(
    order: CardKeyOrder & { readonly components: number },
    doing: Doing,
    approval?: Approval,
  ): Promise<number>;
  findImport(importId: number): Promise<CardKeyImport | undefined>;
  /** Those that have not ended, by number. */
  listOpenImports(): Promise<readonly CardKeyImport[]>;
  giveComponent(importId: number, component: GivenComponent): Promise<void>;
  /** Ends an import, and with `combined` records its keys in the same moment. */
  endImport(
    importId: number,
    ending: 'abandoned' | { readonly combined: readonly NewRecordedCardKey[] },
    doing: Doing,
  ): Promise<void>;
  /** Keys that came wrapped, or were made. */
  addKeys(keys: readonly NewRecordedCardKey[], doing: Doing, approval?: Approval): Promise<void>;
  /** By label; destroyed ones too. */
  listKeys(): Promise<readonly RecordedCardKey[]>;
  /** Records the end of the keys under these labels. */
  destroyKeys(labels: readonly string[], doing: Doing, approval?: Approval): Promise<void>;
}
