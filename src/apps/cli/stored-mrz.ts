import { type MrzPreview, previewMrz } from '../../production/datagroups/preview-mrz';
import type { LineStore } from '../../production/document/line-store';
import { loadProduct } from '../../production/profile/load-profiles';
import { openProfiles } from '../wiring/profiles';

/**
 * What the MRZ of a stored record will hold; undefined where the record was erased.
 *
 * @throws ProductionError `PROFILE_UNKNOWN` where its product is not here
 */
export async function previewStored(
  store: Pick<LineStore, 'openRecord'>,
  documentId: number,
): Promise<MrzPreview | undefined> {
  const content = await store.openRecord(documentId);
  if (content === undefined) return undefined;
  const { record } = content;
  return previewMrz(record, await loadProduct(openProfiles(), record.profile));
}

/** For the eyes of whoever approves: holder data, for a terminal and no log. */
export function describeMrz({ lines, fullName, truncatedName }: MrzPreview): readonly string[] {
  return [
    `name: ${fullName}`,
    ...(truncatedName === undefined ? [] : [`shortened in the MRZ: ${truncatedName}`]),
    ...lines.map((line, index) => `MRZ line ${index + 1}: ${line}`),
  ];
}
