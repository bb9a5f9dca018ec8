import { type Check, fail, type Finding, pass } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';
import { formatGroups, groupsWithout } from './data-group-lists';

export const comAgreesWithSod: Check = {
  id: 'TR5.1:LDS_H/com-sod',
  group: 'agreement',
  title: 'title.com-sod',
  clause: '[9303-10 §4.6.1, TR-03105-5.1 §LDS_H]',
  run: ({ contents, sod }) => {
    const com = valueOf(contents['EF.COM']);
    const object = valueOf(sod)?.securityObject;
    const signed = object && valueOf(object);
    if (com === undefined || signed === undefined) return [];
    const groups = [...signed.hashes.keys()];
    const evidence = {
      file: 'EF.COM',
      expected: formatGroups(groups),
      found: formatGroups(com.dataGroups, com.unknownTags),
    };
    const extra = groupsWithout(com.dataGroups, groups);
    const omitted = groupsWithout(groups, com.dataGroups);
    return [disagreement(formatGroups(extra, com.unknownTags), formatGroups(omitted), evidence)];
  },
};

function disagreement(
  extra: string,
  omitted: string,
  evidence: Pick<Finding, 'file' | 'expected' | 'found'>,
): Finding {
  if (extra !== '' && omitted !== '') {
    return fail(text('com.lists-other', { extra, omitted }), evidence);
  }
  if (extra !== '') return fail(text('com.lists-unsigned', { groups: extra }), evidence);
  if (omitted !== '') return fail(text('com.omits-signed', { groups: omitted }), evidence);
  return pass(evidence);
}
