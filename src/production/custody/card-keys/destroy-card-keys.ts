import { equalBytes } from '../../../standards/bytes/compare';
import { labelsOfSet } from '../../document/custody/card-key-set';
import type { RecordedCardKey } from '../../document/custody/card-key-store';
import type { CardKeyFacts } from '../../document/custody/card-key-vault';
import { ProductionError } from '../../errors';
import type { CardKeyDoing, CardKeyTools } from './card-key-tools';

/** What is to be destroyed, before anybody is asked whether it may be. */
export interface DestructionPlan {
  readonly labels: readonly string[];
  /** It is on record already, and an interruption kept the HSM from doing it: no one decides again. */
  readonly resumed: boolean;
}

/**
 * The keys of a set, or a transport key, that are there.
 *
 * @param name of the set with that of its batch, or of the transport key
 * @throws ProductionError `HSM_KEY_MISSING` when there is nothing of this name.
 */
export async function planDestruction(
  { vault, store }: CardKeyTools,
  name: string,
): Promise<DestructionPlan> {
  const recorded = await store.listKeys();
  const labels: string[] = [];
  const half: string[] = [];
  for (const label of [...labelsOfSet(name), name]) {
    const history = recorded.filter((one) => one.label === label);
    const key = await vault.describeCardKey(label);
    const isKnown = history.some(({ destroyedAt }) => destroyedAt === undefined);
    if (key === undefined && !isKnown) continue;
    (key !== undefined && isHalfDestroyed(history, key) ? half : labels).push(label);
  }
  if (labels.length > 0) return { labels: [...labels, ...half], resumed: false };
  if (half.length > 0) return { labels: half, resumed: true };
  throw new ProductionError('HSM_KEY_MISSING', `keys ${name}`);
}

/** Records the end of the keys, then ends them in the HSM. @throws ProductionError */
export async function destroyCardKeys(
  { vault, store }: CardKeyTools,
  plan: DestructionPlan,
  { approval, ...doing }: CardKeyDoing,
): Promise<void> {
  if (!plan.resumed) await store.destroyKeys(plan.labels, doing, approval);
  for (const label of plan.labels) await vault.destroyCardKey(label);
}

/**
 * Whether a key of the HSM is the one that was last destroyed under its label.
 *
 * @param history what is on record of the label, the oldest first
 */
export function isHalfDestroyed(
  history: readonly RecordedCardKey[],
  { kcv }: Pick<CardKeyFacts, 'kcv'>,
): boolean {
  const last = history.at(-1);
  return last?.destroyedAt !== undefined && equalBytes(last.kcv, kcv);
}
