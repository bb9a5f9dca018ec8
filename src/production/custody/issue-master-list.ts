import { buildMasterListContent } from '../../standards/cms/build-master-list';
import type { Hsm } from '../ports';
import { type ListOrder, signList } from './sign-list';

/**
 * A signed master list of these CSCA certificates, roots and links [9303-12 §9].
 *
 * @param certificates DER of each
 * @throws ProductionError `LIST_FAULTY` when one is none of a CSCA, and as `signList`.
 */
export async function issueMasterList(
  certificates: readonly Uint8Array[],
  order: ListOrder,
  hsm: Hsm,
): Promise<Uint8Array> {
  const content = buildMasterListContent(certificates);
  return await signList({ kind: 'master-list', content }, order, hsm);
}
