import type { InspectionReport } from '../document/inspection-report';
import { judgeFiles, type JudgeRequest } from './judge-files';
import { readChip, type ReadChipRequest } from './read/read-chip';

export interface InspectChipRequest
  extends ReadChipRequest, Pick<JudgeRequest, 'trust' | 'expected' | 'showPersonalData'> {
  /** The moment for which validity is judged; now by default. */
  readonly at?: Date;
}

/**
 * Reads a chip and judges what it gave. The line does this twice for every card: before the lock,
 * and again after the lock and a reset. A chip that fails its checks is a report, not an error.
 *
 * @throws ProductionError `CARD_ACCESS_DENIED`, `CARD_LOST`, `CARD_MUTE`, `CARD_REFUSED`.
 */
export async function inspectChip(request: InspectChipRequest): Promise<InspectionReport> {
  const inspectedAt = request.clock.now();
  const { files, chip, steps } = await readChip(request);
  return judgeFiles({ ...request, files, chip, steps, at: request.at ?? inspectedAt, inspectedAt });
}
