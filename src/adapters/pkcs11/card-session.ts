import { ProductionError } from '../../production/errors';
import type { CardSession, CardSessionKeys } from '../../production/ports';
import { equalBytes } from '../../standards/bytes/compare';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeAesKeyField, encodeTripleDesKeyField, padAesKey } from '../../standards/gp/put-key';
import { buildScp02Derivation, type Scp02Purpose } from '../../standards/gp/scp02-keys';
import { buildScp03Derivation, type Scp03Purpose } from '../../standards/gp/scp03-keys';
import { encryptForScp02 } from '../../standards/gp/sensitive-data';
import type { StaticKeys } from '../../standards/gp/static-keys';
import type { CardKeyWork } from './card-key-work';

/** The three keys of a card, each at work wherever it is. */
export type WorkingSet = Readonly<Record<keyof StaticKeys, CardKeyWork>>;

/** @throws ProductionError `CARD_CHANNEL_FAILED` for a challenge that does not follow its counter. */
export async function deriveSession(
  { encryption, mac }: WorkingSet,
  session: CardSession,
): Promise<CardSessionKeys> {
  if (session.protocol === 'scp02') {
    const derive = (key: CardKeyWork, purpose: Scp02Purpose): Promise<Uint8Array> =>
      key.encryptCbc(buildScp02Derivation(purpose, session.sequenceCounter));
    return {
      encryption: await derive(encryption, 'encryption'),
      mac: await derive(mac, 'mac'),
      rMac: await derive(mac, 'rMac'),
    };
  }
  await checkChallenge(encryption, session);
  const context = concatBytes(session.hostChallenge, session.cardChallenge);
  const derive = (key: CardKeyWork, purpose: Scp03Purpose): Promise<Uint8Array> =>
    deriveByCmac(key, { purpose, lengthBytes: key.lengthBytes, context });
  return {
    encryption: await derive(encryption, 'sEnc'),
    mac: await derive(mac, 'sMac'),
    rMac: await derive(mac, 'sRmac'),
  };
}

/** @param data whole blocks of the cipher */
export async function encryptSensitive(
  { dataEncryption }: WorkingSet,
  session: CardSession,
  data: Uint8Array,
): Promise<Uint8Array> {
  if (session.protocol === 'scp03') return dataEncryption.encryptCbc(data);
  const sessionKey = await dataEncryption.encryptCbc(
    buildScp02Derivation('dataEncryption', session.sequenceCounter),
  );
  try {
    return encryptForScp02(sessionKey, data);
  } finally {
    sessionKey.fill(0);
  }
}

/** The fields of PUT KEY for keys that are in hand, in their order. */
export async function buildKeyFields(
  present: WorkingSet,
  session: CardSession,
  next: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  const fields: Uint8Array[] = [];
  for (const key of next) {
    const padded = session.protocol === 'scp03' ? padAesKey(key) : key;
    const encrypted = await encryptSensitive(present, session, padded);
    fields.push(
      session.protocol === 'scp03'
        ? encodeAesKeyField(key, encrypted)
        : encodeTripleDesKeyField(key, encrypted),
    );
    if (padded !== key) padded.fill(0);
  }
  return fields;
}

async function checkChallenge(
  encryption: CardKeyWork,
  { cardChallenge, pseudoRandom }: Extract<CardSession, { protocol: 'scp03' }>,
): Promise<void> {
  if (pseudoRandom === undefined) return;
  const expected = await deriveByCmac(encryption, {
    purpose: 'cardChallenge',
    lengthBytes: cardChallenge.length === 16 ? 16 : 8,
    context: concatBytes(pseudoRandom.sequenceCounter, pseudoRandom.securityDomain),
  });
  if (equalBytes(expected, cardChallenge)) return;
  throw new ProductionError('CARD_CHANNEL_FAILED', 'card challenge', [
    'it does not follow from the counter of the card: the card has other keys, or an old answer was played again',
  ]);
}

async function deriveByCmac(
  key: CardKeyWork,
  wanted: {
    readonly purpose: Scp03Purpose;
    readonly lengthBytes: number;
    readonly context: Uint8Array;
  },
): Promise<Uint8Array> {
  const { purpose, lengthBytes, context } = wanted;
  const blocks: Uint8Array[] = [];
  for (const message of buildScp03Derivation(purpose, lengthBytes, context)) {
    blocks.push(await key.computeCmac(message));
  }
  const joined = concatBytes(...blocks);
  const value = joined.slice(0, lengthBytes);
  for (const secret of [joined, ...blocks]) secret.fill(0);
  return value;
}
