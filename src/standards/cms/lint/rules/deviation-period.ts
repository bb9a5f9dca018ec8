import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** A period that is never names no document [9303-3 §7]. */
export const deviationPeriod: SignedListRule = {
  id: 'deviation-period',
  kinds: ['deviation-list'],
  severity: 'error',
  clause: '9303-3 §7',
  fault: {
    vi: 'có khoảng thời gian cấp kết thúc trước khi bắt đầu',
    en: 'names a period of issue that ends before it begins',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined ||
    readDeviationListContent(content).deviations.every(
      ({ issued }) => issued === undefined || issued.first <= issued.last,
    ),
};
