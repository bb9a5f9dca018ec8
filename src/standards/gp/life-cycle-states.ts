/** Life cycle states of the card, as the issuer security domain reports them [GPC-C §11.1.1]. */
export const CARD_STATE = {
  OP_READY: 0x01,
  INITIALIZED: 0x07,
  SECURED: 0x0f,
  CARD_LOCKED: 0x7f,
  TERMINATED: 0xff,
} as const;

export type CardState = keyof typeof CARD_STATE;

/** From which state to which the card goes; there is no way back but out of the lock [GPC-C §5.1.1]. */
export const CARD_TRANSITIONS = {
  OP_READY: ['INITIALIZED', 'TERMINATED'],
  INITIALIZED: ['SECURED', 'TERMINATED'],
  SECURED: ['CARD_LOCKED', 'TERMINATED'],
  CARD_LOCKED: ['SECURED', 'TERMINATED'],
  TERMINATED: [],
} as const satisfies Record<CardState, readonly CardState[]>;

/** Life cycle states of an application [GPC-C §11.1.1]; its own states lie between 07 and 7F. */
export const APPLICATION_STATE = {
  INSTALLED: 0x03,
  SELECTABLE: 0x07,
  PERSONALIZED: 0x0f,
} as const;

const LOCKED_BIT = 0x80;

/** The card state of a byte; undefined where the specification has none [GPC-C §11.1.1]. */
export function findCardState(byte: number): CardState | undefined {
  return (Object.keys(CARD_STATE) as CardState[]).find((state) => CARD_STATE[state] === byte);
}

/** Whether a card may go from one state to another; staying is no transition [GPC-C §5.1.1]. */
export function mayMoveCard(from: CardState, to: CardState): boolean {
  const allowed: readonly CardState[] = CARD_TRANSITIONS[from];
  return allowed.includes(to);
}

/** An application state byte in words, with its lock [GPC-C §11.1.1]. */
export function describeApplicationState(byte: number): string {
  const locked = (byte & LOCKED_BIT) !== 0;
  const rest = byte & ~LOCKED_BIT;
  const known = Object.entries(APPLICATION_STATE).find(([, value]) => value === rest);
  const hex = rest.toString(16).toUpperCase().padStart(2, '0');
  const name = known?.[0] ?? `application state ${hex}`;
  return locked ? `LOCKED (${name})` : name;
}
