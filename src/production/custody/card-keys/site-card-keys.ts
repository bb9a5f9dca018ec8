import { equalBytes } from '../../../standards/bytes/compare';
import { encodeHex } from '../../../standards/bytes/hex';
import { labelsOfSet, nameSetOfBatch } from '../../document/custody/card-key-set';
import type { CardKeyFacts, CardKeyVault } from '../../document/custody/card-key-vault';
import { ProductionError } from '../../errors';
import type { CardKeyHsm, CardKeys } from '../../ports';

/** What makes a difference for card keys: whether the cards of this site count. */
export interface CardKeySite {
  readonly isProduction: boolean;
}

/**
 * The card keys of an HSM, as far as they fit the site. In production a set of which any key is a
 * test key, is known to everybody, or came without a check value is refused; elsewhere a live one
 * is. The set of a card's batch is used where there is one.
 *
 * Everything throws ProductionError `KEYS_NOT_FOR_PRODUCTION`, `CARD_KEYS_MIXED`,
 * `KEY_CHECK_VALUE_WRONG` besides what the HSM throws.
 */
export function siteCardKeys(
  cardKeys: CardKeyHsm,
  vault: Pick<CardKeyVault, 'describeCardKey'>,
  site: CardKeySite,
): CardKeyHsm {
  // A key under a label never becomes another one; one that was destroyed the HSM itself misses.
  const fitting = new Set<string>();
  const resolve = async <T extends CardKeys>(card: T): Promise<T> => {
    const keySet = await findSet(vault, card, fitting);
    if (!fitting.has(keySet)) {
      await checkSet(vault, keySet, site);
      fitting.add(keySet);
    }
    return { ...card, keySet };
  };
  return {
    realm: site.isProduction ? 'live' : 'test',
    deriveCardSession: async (card, session) =>
      cardKeys.deriveCardSession(await resolve(card), session),
    encryptForCard: async (card, session, data) =>
      cardKeys.encryptForCard(await resolve(card), session, data),
    wrapCardKeys: async (card, session, next) =>
      cardKeys.wrapCardKeys(await resolve(card), session, await resolve(next)),
  };
}

/** Why a key does not fit a site; undefined when it does. */
export function unfitReason(
  key: CardKeyFacts,
  { isProduction }: CardKeySite,
): ProductionError | undefined {
  const { label, realm, kcv, recordedKcv, isPublished } = key;
  const place = `key ${label}`;
  if (recordedKcv !== undefined && !equalBytes(kcv, recordedKcv)) {
    const reasons = [`it was ${encodeHex(recordedKcv)} and is ${encodeHex(kcv)}`];
    return new ProductionError('KEY_CHECK_VALUE_WRONG', place, reasons);
  }
  if (!isProduction) {
    if (realm === 'test') return undefined;
    const reasons = ['it is a live key, and this site is none'];
    return new ProductionError('CARD_KEYS_MIXED', place, reasons);
  }
  const reasons = [
    ...(realm === 'test' ? ['it is a test key'] : []),
    ...(isPublished ? ['it is published: everybody has it'] : []),
    ...(recordedKcv === undefined ? ['no check value came with it'] : []),
  ];
  if (reasons.length === 0) return undefined;
  return new ProductionError('KEYS_NOT_FOR_PRODUCTION', place, reasons);
}

/**
 * The set of the batch where it has one, else the one of the card type. Sets that are known cost no
 * question; one that is missing is asked for again, because it may come while the line runs.
 */
async function findSet(
  vault: Pick<CardKeyVault, 'describeCardKey'>,
  { keySet, batch }: CardKeys,
  known: ReadonlySet<string>,
): Promise<string> {
  const ofBatch = batch === undefined ? undefined : nameSetOfBatch(keySet, batch);
  if (ofBatch === undefined) return keySet;
  if (known.has(ofBatch)) return ofBatch;
  const [first] = labelsOfSet(ofBatch);
  return (await vault.describeCardKey(first)) === undefined ? keySet : ofBatch;
}

async function checkSet(
  vault: Pick<CardKeyVault, 'describeCardKey'>,
  keySet: string,
  site: CardKeySite,
): Promise<void> {
  for (const label of labelsOfSet(keySet)) {
    const key = await vault.describeCardKey(label);
    if (key === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
    const unfit = unfitReason(key, site);
    if (unfit !== undefined) throw unfit;
  }
}
