import { DEVIATION_TYPES } from '../../deviation-list';
import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** A reader knows what to forgive by the class of the deviation [9303-3 §7]. */
export const deviationTypes: SignedListRule = {
  id: 'deviation-types',
  kinds: ['deviation-list'],
  severity: 'error',
  clause: '9303-3 §7',
  fault: {
    vi: 'có mô tả không thuộc loại sai lệch nào',
    en: 'describes something that is no class of deviations',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined ||
    readDeviationListContent(content).deviations.every(({ descriptions }) =>
      descriptions.every(({ type }) => TYPES.some((known) => isOf(known, type))),
    ),
};

const TYPES = Object.values<string>(DEVIATION_TYPES);

/** States refine classes below the numbers of the specification. */
function isOf(known: string, type: string): boolean {
  return type === known || type.startsWith(`${known}.`);
}
