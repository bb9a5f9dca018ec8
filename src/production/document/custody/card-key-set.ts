import type { Diversification } from '../../../standards/gp/key-diversification';
import type { StaticKeys } from '../../../standards/gp/static-keys';
import type { KeyDiversification } from '../perso-script';

/** The three master keys of a set, by the endings of their labels: `gp-issuer.enc` and so on. */
export const CARD_KEY_PARTS = {
  encryption: 'enc',
  mac: 'mac',
  dataEncryption: 'dek',
} as const satisfies Record<keyof StaticKeys, string>;

export type CardKeyPart = (typeof CARD_KEY_PARTS)[keyof StaticKeys];

/** Labels of a set's keys, in the order encryption, MAC, data encryption. */
export function labelsOfSet(keySet: string): readonly [string, string, string] {
  const { encryption, mac, dataEncryption } = CARD_KEY_PARTS;
  return [`${keySet}.${encryption}`, `${keySet}.${mac}`, `${keySet}.${dataEncryption}`];
}

const BATCH = /^[A-Za-z0-9-]{1,24}$/;

/**
 * Name of the set that belongs to one batch of a card type, `gp-transport.lot-7`; undefined for a
 * batch whose name can stand in no label, which has no keys of its own then.
 */
export function nameSetOfBatch(keySet: string, batch: string): string | undefined {
  return BATCH.test(batch) ? `${keySet}.${batch}` : undefined;
}

/** The names of a profile as the standards spell them. */
export const DIVERSIFICATION_SCHEMES = {
  none: 'none',
  emv: 'EMV',
  visa2: 'VISA2',
  kdf3: 'KDF3',
} as const satisfies Record<KeyDiversification, Diversification>;
