import type { ApprovedRecord } from '../../document/approved-record';
import type { RecordFindings } from '../record-problem';
import ethnicGroups from '../vn/ethnic-groups.json';

const GROUPS: ReadonlySet<string> = new Set(ethnicGroups.groups.map(fold));

/**
 * One of the 54 ethnic groups, whatever its capitals, spaces and hyphens. Naturalized citizens may
 * belong to none of them, so that another name only holds the record.
 */
export function checkVnEthnicGroup(record: Partial<ApprovedRecord>): RecordFindings {
  const { ethnicity } = record;
  const known = ethnicity === undefined || GROUPS.has(fold(ethnicity));
  return {
    errors: [],
    doubts: known ? [] : [{ field: 'ethnicity', reason: 'is none of the 54 groups' }],
  };
}

function fold(name: string): string {
  return name
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replaceAll(/[\s-]+/g, ' ');
}
