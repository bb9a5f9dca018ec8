import { dataGroupNumber, LDS_FILE_NAMES } from '../../../document/lds-files';
import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';
import { formatGroups, groupsWithout } from './data-group-lists';

export const comAgreesWithFiles: Check = {
  id: 'ICAO3:LDS_A/tag-list',
  group: 'agreement',
  title: 'title.com-files',
  clause: '[9303-10 §4.6.1]',
  run: (subject) => {
    const com = valueOf(subject.contents['EF.COM']);
    if (com === undefined) return [];
    const found = formatGroups(com.dataGroups);
    return passUnless(complaints(subject, com.dataGroups), { file: 'EF.COM', found });
  },
};

function complaints({ files, chip }: Subject, listed: readonly number[]): Finding[] {
  const there = groupsWhere((file) => files.has(file));
  const closed = groupsWhere((file) => {
    const unread = chip?.unread.get(file);
    return unread !== undefined && unread.why !== 'absent';
  });
  const absent = formatGroups(groupsWithout(listed, [...there, ...closed]));
  const omitted = formatGroups(groupsWithout(there, listed));
  const file = 'EF.COM';
  return [
    ...(absent === '' ? [] : [fail(text('com.lists-absent', { groups: absent }), { file })]),
    ...(omitted === '' ? [] : [fail(text('com.omits-present', { groups: omitted }), { file })]),
    ...(new Set(listed).size === listed.length ? [] : [warn(text('com.lists-twice'), { file })]),
  ];
}

function groupsWhere(holds: (file: string) => boolean): number[] {
  return LDS_FILE_NAMES.filter(holds).flatMap((file) => dataGroupNumber(file) ?? []);
}
