import { formatTag } from '../../../../standards/tlv/tlv';

/** The groups of the first list that the second does not have. */
export function groupsWithout(list: readonly number[], other: readonly number[]): number[] {
  return list.filter((group) => !other.includes(group));
}

/** `DG1, DG2, DG14`, in the order of the numbers; tags of no group stand behind as `tag 7B`. */
export function formatGroups(
  groups: readonly number[],
  unknownTags: readonly number[] = [],
): string {
  return [
    ...groups.toSorted((left, right) => left - right).map((group) => `DG${group}`),
    ...unknownTags.map((tag) => `tag ${formatTag(tag)}`),
  ].join(', ');
}
