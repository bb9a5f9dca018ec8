import { sameFigure } from './compare-figures';
import { NotComputable } from './not-computable';
import { classifyReason } from './reason-classes';
import { Refused } from './refusal';
import type { Figure } from './topic';
import type { VectorEntry } from './vector-file';

const RECEIVED = /_received$/i;

/**
 * Compares each value that the other side sent (`…_received`) with the figure of that name, for
 * those that the receiver of the topic has not looked at itself: a careful receiver lets no other
 * figure pass than the right one.
 *
 * @throws Refused, or the refusal of the standards, at the first that is not right
 */
export function refuseWrongReceived(
  entry: VectorEntry,
  figures: (member: string) => Figure | undefined,
): void {
  for (const [name, value] of Object.entries({ ...entry.inputs, ...entry.expected })) {
    if (!RECEIVED.test(name)) continue;
    const member = name.replace(RECEIVED, '');
    if (isRight(figures(member), value)) continue;
    const words = `${member.replaceAll('_', ' ')} is wrong: it is not what was computed`;
    const [kind = 'structure'] = classifyReason(member.replaceAll('_', ' '));
    throw new Refused(kind, words);
  }
}

/** A figure that is not known, or that these inputs do not lead to, says nothing against it. */
function isRight(figure: Figure | undefined, value: unknown): boolean {
  if (figure === undefined) return true;
  try {
    return sameFigure(value, figure(value));
  } catch (error) {
    if (error instanceof NotComputable) return true;
    throw error;
  }
}
