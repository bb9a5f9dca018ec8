import type { ApprovedRecord } from '../../document/approved-record';
import type { RecordFindings } from '../record-problem';

/**
 * The number of the earlier identity card (CMND): nine digits, or from 2012 to 2015 twelve, which
 * are the personal number of today.
 */
export function checkVnOldIdNumber(record: Partial<ApprovedRecord>): RecordFindings {
  const { oldIdNumber, personalNumber } = record;
  const field = 'oldIdNumber';
  if (oldIdNumber === undefined) return { errors: [], doubts: [] };
  if (!/^(\d{9}|\d{12})$/.test(oldIdNumber)) {
    return { errors: [{ field, reason: 'has to have 9 or 12 digits' }], doubts: [] };
  }
  const differs = oldIdNumber.length === 12 && oldIdNumber !== personalNumber;
  return {
    errors: [],
    doubts: differs ? [{ field, reason: 'has 12 digits and differs from personalNumber' }] : [],
  };
}
