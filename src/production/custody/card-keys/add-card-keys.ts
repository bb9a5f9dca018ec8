import { equalBytes } from '../../../standards/bytes/compare';
import { encodeHex } from '../../../standards/bytes/hex';
import { labelsOfSet } from '../../document/custody/card-key-set';
import type { CardKeyOrder, NewRecordedCardKey } from '../../document/custody/card-key-store';
import type { CardKeyFacts } from '../../document/custody/card-key-vault';
import { ProductionError } from '../../errors';
import { type CardKeyDoing, type CardKeyTools, keyOfOrder, recordsOf } from './card-key-tools';
import { isHalfDestroyed } from './destroy-card-keys';
import { unfitReason } from './site-card-keys';

/** What came of it; `resumed` when the HSM had the keys of an interrupted call already. */
export interface AddedKeys {
  readonly keys: readonly NewRecordedCardKey[];
  readonly resumed: boolean;
}

/**
 * Takes a key that its maker wrapped under a transport key.
 *
 * @throws ProductionError `KEY_CHECK_VALUE_WRONG`, `CARD_KEYS_MIXED`, `KEYS_NOT_FOR_PRODUCTION`,
 * `HSM_WRONG_USE`, `HSM_KEY_MISSING`, `FOUR_EYES_REFUSED`; no key is kept then.
 */
export async function receiveCardKey(
  tools: CardKeyTools,
  arrived: {
    readonly order: CardKeyOrder & { readonly kcv: Uint8Array };
    /** Name of the transport key. */
    readonly under: string;
    readonly wrapped: Uint8Array;
  },
  doing: CardKeyDoing,
): Promise<AddedKeys> {
  const { order, under, wrapped } = arrived;
  const wanted = keyOfOrder(order);
  const { kcv } = order;
  const left = await findLeft(tools, wanted.labels, (key) => equalBytes(key.kcv, kcv));
  const [first, ...others] = wanted.labels.filter((label) =>
    left.every((key) => key.label !== label),
  );
  if (first !== undefined) {
    const missing = { ...wanted, labels: [first, ...others] } as const;
    await tools.vault.unwrapCardKey(missing, { under, wrapped, kcv });
  }
  const keys = recordsOf(order, 'wrapped', kcv);
  return record(tools, { keys, resumed: left.length > 0 }, doing);
}

/** Makes the three master keys of a set in the HSM; nobody has seen them. @throws as above */
export async function makeCardKeys(
  tools: CardKeyTools,
  order: CardKeyOrder,
  doing: CardKeyDoing,
): Promise<AddedKeys> {
  if (order.part !== 'all') {
    throw new ProductionError('USAGE', 'card key', ['a set is made with all of its parts']);
  }
  const labels = labelsOfSet(order.name);
  const left = await findLeft(tools, labels, ({ realm, cipher, lengthBytes }) => {
    return realm === order.realm && cipher === order.cipher && lengthBytes === order.lengthBytes;
  });
  const keys: NewRecordedCardKey[] = [];
  for (const [index, label] of labels.entries()) {
    const there = left.find((key) => key.label === label);
    const wanted = { ...keyOfOrder(order), labels: [label] } as const;
    const kcv = there?.kcv ?? (await tools.vault.generateCardKey(wanted));
    const [...records] = recordsOf(order, 'made', kcv);
    const own = records[index];
    if (own !== undefined) keys.push(own);
  }
  return record(tools, { keys, resumed: left.length > 0 }, doing);
}

/**
 * Keys that the HSM has and nobody recorded: an interrupted call left them.
 *
 * @throws ProductionError `HSM_WRONG_USE` when a label is taken by another key.
 */
async function findLeft(
  { vault, store }: CardKeyTools,
  labels: readonly string[],
  isWanted: (key: CardKeyFacts) => boolean,
): Promise<readonly CardKeyFacts[]> {
  const recorded = await store.listKeys();
  const left: CardKeyFacts[] = [];
  for (const label of labels) {
    const key = await vault.describeCardKey(label);
    if (key === undefined) continue;
    const history = recorded.filter((one) => one.label === label);
    if (isHalfDestroyed(history, key)) {
      const reasons = [
        'it is destroyed on record and not yet in the HSM: `key card destroy` goes on',
      ];
      throw new ProductionError('HSM_WRONG_USE', `key ${label}`, reasons);
    }
    const isKnown = history.some(({ destroyedAt }) => destroyedAt === undefined);
    if (isKnown || key.recordedKcv === undefined || !isWanted(key)) {
      throw new ProductionError('HSM_WRONG_USE', `key ${label}`, ['it exists already']);
    }
    left.push(key);
  }
  return left;
}

const REFUSALS: ReadonlySet<string> = new Set([
  'FOUR_EYES_REFUSED',
  'KEYS_NOT_FOR_PRODUCTION',
  'CARD_KEYS_MIXED',
  'KEY_CHECK_VALUE_WRONG',
]);

/** Records the keys, or destroys them again when they may not be. */
async function record(
  { vault, store, site }: CardKeyTools,
  added: AddedKeys,
  { approval, ...doing }: CardKeyDoing,
): Promise<AddedKeys> {
  try {
    for (const { label, kcv } of added.keys) {
      const key = await vault.describeCardKey(label);
      if (key === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
      const unfit = unfitReason(key, site);
      if (unfit !== undefined) throw unfit;
      if (!equalBytes(key.kcv, kcv)) {
        const reasons = [`it is ${encodeHex(key.kcv)}`];
        throw new ProductionError('KEY_CHECK_VALUE_WRONG', `key ${label}`, reasons);
      }
    }
    await store.addKeys(added.keys, doing, approval);
    return added;
  } catch (error) {
    // After any other error it is not known what was recorded: the next call resumes.
    if (error instanceof ProductionError && REFUSALS.has(error.code)) {
      for (const { label } of added.keys) await vault.destroyCardKey(label);
    }
    throw error;
  }
}
