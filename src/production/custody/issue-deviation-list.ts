import { type Deviation, encodeDeviationListContent } from '../../standards/cms/deviation-list';
import type { Hsm } from '../ports';
import { type ListOrder, signList } from './sign-list';

/**
 * A signed deviation list of documents that were issued wrong [9303-12 §10, 9303-3 §7].
 *
 * @throws ProductionError as `signList`.
 */
export async function issueDeviationList(
  deviations: readonly Deviation[],
  order: ListOrder,
  hsm: Hsm,
): Promise<Uint8Array> {
  const content = encodeDeviationListContent(deviations);
  return await signList({ kind: 'deviation-list', content }, order, hsm);
}
