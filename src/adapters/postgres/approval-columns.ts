import type { Approval } from '../../production/document/custody/four-eyes';

/** Where an act's row says by which approval it was done. */
export function columnsOf(approval: Approval | undefined): readonly (number | undefined)[] {
  return [approval?.proposalId, approval?.step?.index];
}
