import { DG11_MEMBERS } from '../../../../standards/lds/dg11';
import { DG12_MEMBERS } from '../../../../standards/lds/dg12';
import { type Check, type Finding, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

/** DG11 and DG12 begin with the list of what they hold; readers skip what is not listed. */
export const tagList: Check = {
  id: 'persoline:LDS/tag-list',
  group: 'files',
  title: 'title.tag-list',
  clause: '[9303-10 §4.7.11, §4.7.12]',
  run: ({ contents }) => {
    const dg11 = valueOf(contents['EF.DG11']);
    const dg12 = valueOf(contents['EF.DG12']);
    return [
      ...(dg11 === undefined ? [] : listFindings('EF.DG11', DG11_MEMBERS, dg11)),
      ...(dg12 === undefined ? [] : listFindings('EF.DG12', DG12_MEMBERS, dg12)),
    ];
  },
};

function listFindings(
  file: string,
  specs: Readonly<Record<string, { readonly tag: number }>>,
  found: { readonly members: object; readonly listedTags: readonly number[] },
): Finding[] {
  const present = Object.entries(specs).filter(([name]) => name in found.members);
  const unlisted = present.filter(([, { tag }]) => !found.listedTags.includes(tag));
  const known = Object.values(specs).map(({ tag }) => tag);
  const there = present.map(([, { tag }]) => tag);
  const absent = found.listedTags.filter((tag) => known.includes(tag) && !there.includes(tag));
  return passUnless(
    [
      ...unlisted.map(([field]) => warn(text('tag-list.unlisted', { file, field }), { file })),
      ...(absent.length === 0 ? [] : [warn(text('tag-list.absent', { file }), { file })]),
    ],
    { file, found: `${found.listedTags.length} tags` },
  );
}
