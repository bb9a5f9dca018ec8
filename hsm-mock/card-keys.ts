import { DIVERSIFICATION_SCHEMES } from '../src/production/document/custody/card-key-set';
import { ProductionError } from '../src/production/errors';
import type { CardKeys, CardSession, CardSessionKeys } from '../src/production/ports';
import { equalBytes } from '../src/standards/bytes/compare';
import { concatBytes } from '../src/standards/bytes/concat';
import { diversifyKeys } from '../src/standards/gp/key-diversification';
import { buildAesKeyField, buildTripleDesKeyField } from '../src/standards/gp/put-key';
import { deriveScp02SessionKeys } from '../src/standards/gp/scp02-keys';
import { deriveScp03CardChallenge, deriveScp03SessionKeys } from '../src/standards/gp/scp03-keys';
import { encryptForScp02, encryptForScp03 } from '../src/standards/gp/sensitive-data';
import type { StaticKeys } from '../src/standards/gp/static-keys';

/**
 * The card's own keys, which whoever gets them overwrites by `wipeKeys`; the copies of the masters
 * that were handed in may be overwritten too.
 */
export function deriveCardKeys(masters: StaticKeys, card: CardKeys): StaticKeys {
  const derived = diversifyKeys(
    DIVERSIFICATION_SCHEMES[card.diversification],
    masters,
    card.diversificationData,
  );
  const keys = {
    encryption: derived.encryption.slice(),
    mac: derived.mac.slice(),
    dataEncryption: derived.dataEncryption.slice(),
  };
  wipeKeys(derived);
  return keys;
}

/** @throws ProductionError `CARD_CHANNEL_FAILED` for a challenge that does not follow its counter. */
export function deriveSession(keys: StaticKeys, session: CardSession): CardSessionKeys {
  if (session.protocol === 'scp02') {
    const { dataEncryption, ...derived } = deriveScp02SessionKeys(keys, session.sequenceCounter);
    dataEncryption.fill(0);
    return derived;
  }
  const { hostChallenge, cardChallenge, pseudoRandom } = session;
  if (pseudoRandom !== undefined) {
    const { sequenceCounter, securityDomain: securityDomainAid } = pseudoRandom;
    const source = { sequenceCounter, securityDomainAid };
    const expected = deriveScp03CardChallenge(keys, source, cardChallenge.length === 16 ? 16 : 8);
    if (!equalBytes(expected, cardChallenge)) {
      throw new ProductionError('CARD_CHANNEL_FAILED', 'card challenge', [
        'it does not follow from the counter of the card: the card has other keys, or an old answer was played again',
      ]);
    }
  }
  return deriveScp03SessionKeys(keys, concatBytes(hostChallenge, cardChallenge));
}

/** @param data whole blocks of the cipher */
export function encryptSensitive(
  keys: StaticKeys,
  session: CardSession,
  data: Uint8Array,
): Uint8Array {
  if (session.protocol === 'scp03') return encryptForScp03(keys.dataEncryption, data);
  return encryptForScp02(scp02DataKey(keys, session), data);
}

/** The fields of PUT KEY for encryption, MAC and data encryption, in this order. */
export function buildKeyFields(
  keys: StaticKeys,
  session: CardSession,
  next: StaticKeys,
): readonly Uint8Array[] {
  const inOrder = [next.encryption, next.mac, next.dataEncryption];
  if (session.protocol === 'scp03') {
    return inOrder.map((key) => buildAesKeyField(keys.dataEncryption, key));
  }
  const dataKey = scp02DataKey(keys, session);
  return inOrder.map((key) => buildTripleDesKeyField(dataKey, key));
}

export function wipeKeys({ encryption, mac, dataEncryption }: StaticKeys): void {
  for (const key of [encryption, mac, dataEncryption]) key.fill(0);
}

function scp02DataKey(
  keys: StaticKeys,
  { sequenceCounter }: Extract<CardSession, { protocol: 'scp02' }>,
): Uint8Array {
  return deriveScp02SessionKeys(keys, sequenceCounter).dataEncryption;
}
