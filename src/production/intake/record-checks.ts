import type { ApprovedRecord } from '../document/approved-record';
import type { RecordCheck } from '../profile/product';
import type { RecordFindings } from './record-problem';
import { checkVnEthnicGroup } from './rules/vn-ethnic-group';
import { checkVnOldIdNumber } from './rules/vn-old-id-number';
import { checkVnPersonalNumber } from './rules/vn-personal-number';

/** The checks that a product may ask for by name; fields that are wrong already are left out. */
export const RECORD_CHECKS = {
  'vn-personal-number': checkVnPersonalNumber,
  'vn-old-id-number': checkVnOldIdNumber,
  'vn-ethnic-group': checkVnEthnicGroup,
} as const satisfies Record<RecordCheck, (record: Partial<ApprovedRecord>) => RecordFindings>;
