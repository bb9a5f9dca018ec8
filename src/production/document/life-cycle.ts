/**
 * The two life cycles. These tables are the only truth about which state may follow which; the
 * database holds the same rows and refuses every other move (see migrations/0001).
 */
export const DOCUMENT_LIFE_CYCLE = {
  approved: ['prepared', 'held', 'refused'],
  prepared: ['encoding', 'approved', 'held', 'refused'],
  encoding: ['encoded', 'spoiled'],
  encoded: ['released', 'spoiled'],
  released: ['dispatched'],
  dispatched: ['delivered'],
  delivered: [],
  refused: ['approved'],
  held: ['approved', 'refused'],
  spoiled: ['approved'],
} as const satisfies Record<string, readonly string[]>;

export type DocumentState = keyof typeof DOCUMENT_LIFE_CYCLE;

export const CARD_LIFE_CYCLE = {
  received: ['in-vault'],
  'in-vault': ['issued', 'spoiled'],
  issued: ['good', 'spoiled', 'in-vault'],
  good: ['dispatched'],
  spoiled: ['destroyed'],
  destroyed: [],
  dispatched: [],
} as const satisfies Record<string, readonly string[]>;

export type CardState = keyof typeof CARD_LIFE_CYCLE;
