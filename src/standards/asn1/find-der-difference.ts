import { equalBytes } from '../bytes/compare';
import { derChildren, type DerNode, parseDer } from './read';

/**
 * Where two DER values differ, one of their members left out: a draft and what was signed must be
 * the same but for the signature. Lengths above that member follow from it and are not compared;
 * every other byte is, for DER leaves no choice [X.690 §10, §11].
 *
 * @param except position of the member, an index a level; -1 is the last
 * @returns the positions of the first difference, `0.1.3`; undefined when there is none
 * @throws MalformedError when one of them is no DER
 */
export function findDerDifference(
  left: Uint8Array,
  right: Uint8Array,
  except: readonly number[],
): string | undefined {
  return compare(parseDer(left, 'draft'), parseDer(right, 'signed'), { except, at: '' });
}

interface Position {
  /** The path that is left, undefined beside it. */
  readonly except: readonly number[] | undefined;
  readonly at: string;
}

function compare(left: DerNode, right: DerNode, { except, at }: Position): string | undefined {
  if (left.tag !== right.tag) return at;
  if (except === undefined) return equalBytes(left.raw, right.raw) ? undefined : at;
  const [index, ...rest] = except;
  if (index === undefined) return undefined;
  const [lefts, rights] = [derChildren(left), derChildren(right)];
  if (lefts.length !== rights.length) return at;
  const open = index < 0 ? lefts.length + index : index;
  for (const [position, child] of lefts.entries()) {
    const other = rights[position];
    const below = `${at}${at === '' ? '' : '.'}${position}`;
    if (other === undefined) return below;
    const found = compare(child, other, {
      except: position === open ? rest : undefined,
      at: below,
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
