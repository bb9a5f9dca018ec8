import type { CardKeyCipher } from '../../../standards/gp/key-check-value';

/**
 * Master keys of cards and the keys under which they travel: how they come into an HSM, what can be
 * known of them, and how they end. None of them ever comes out.
 */

/** Test keys are for test sites and test cards, live keys for the others; the two never meet. */
export type KeyRealm = 'test' | 'live';

export interface CardKeyKind {
  /** `card-master` keys are diversified to those of cards; under `card-transport` they arrive. */
  readonly purpose: 'card-master' | 'card-transport';
  readonly cipher: CardKeyCipher;
  /** 16, 24 or 32 for AES, 16 for 3DES. */
  readonly lengthBytes: number;
  readonly realm: KeyRealm;
}

/** A key that is to be there afterwards; the parts of a set may be one and the same key. */
export interface NewCardKey extends CardKeyKind {
  readonly labels: readonly [string, ...string[]];
}

/** What can be told of a key without the key. */
export interface CardKeyFacts extends CardKeyKind {
  readonly label: string;
  /** Key check value, 3 bytes, as the HSM computes it now [GPC-C §B.6]. */
  readonly kcv: Uint8Array;
  /** The one that was compared when the key came; absent where nobody ever compared any. */
  readonly recordedKcv?: Uint8Array;
  /** Everybody has it: a delivery key, a pattern, the key of a printed example. */
  readonly isPublished: boolean;
}

export interface ImportedKey {
  readonly label: string;
  readonly purpose: CardKeyKind['purpose'];
  readonly cipher: CardKeyCipher;
  readonly key: Uint8Array;
  /** 3 bytes, as it came with the key. */
  readonly kcv: Uint8Array;
  /** `test` unless it is said to be live. */
  readonly realm?: KeyRealm;
}

/** One person's part of a key, put aside until all are there. */
export interface KeyComponent {
  /** Name of the import that it belongs to, letters, digits and hyphens. */
  readonly group: string;
  /** From 1. */
  readonly number: number;
  readonly cipher: CardKeyCipher;
  readonly component: Uint8Array;
}

/**
 * All methods throw ProductionError `HSM_WRONG_USE` for a label that is taken or none, and for a
 * key of another length or purpose; `HSM_KEY_MISSING`; `HSM_FAILED`.
 */
export interface CardKeyVault {
  /**
   * A key that is in hand, as published keys are; for others there are components.
   *
   * @throws ProductionError `KEY_CHECK_VALUE_WRONG`
   */
  importSecretKey(request: ImportedKey): Promise<void>;
  /** A key that nobody has seen. @returns its check value, which is recorded with it */
  generateCardKey(key: NewCardKey): Promise<Uint8Array>;
  /** Keeps a component until the key is combined. @returns its check value */
  putComponent(component: KeyComponent): Promise<Uint8Array>;
  /** Numbers of the components that wait, ascending. */
  listComponents(group: string): Promise<readonly number[]>;
  /**
   * Makes the key of components 1 to `count`, which stay until they are discarded. A label that has
   * this very key already is left alone, so that it can be done again after an interruption.
   *
   * @returns its check value
   * @throws ProductionError `KEY_CHECK_VALUE_WRONG` when it is not the expected one.
   */
  combineComponents(
    key: NewCardKey,
    components: { readonly group: string; readonly count: number; readonly kcv?: Uint8Array },
  ): Promise<Uint8Array>;
  /** Forgets a component, or all of a group. */
  discardComponents(group: string, number?: number): Promise<void>;
  /**
   * Takes a key that arrived under a transport key: by AES key wrap under AES [RFC 3394 §2.2], block
   * by block under 3DES. Both have to be of one realm.
   *
   * @throws ProductionError `KEY_CHECK_VALUE_WRONG`, `CARD_KEYS_MIXED`.
   */
  unwrapCardKey(
    key: NewCardKey,
    arrived: {
      /** Label of the transport key. */
      readonly under: string;
      readonly wrapped: Uint8Array;
      readonly kcv: Uint8Array;
    },
  ): Promise<void>;
  /** Undefined when there is no such key. */
  describeCardKey(label: string): Promise<CardKeyFacts | undefined>;
  /** Ends a key for ever; nothing happens where there is none. */
  destroyCardKey(label: string): Promise<void>;
}
