import { SeededRandom } from '../../../simulation/seeded-random';
import type { CheckOutcome, InspectionReport } from '../../document/inspection-report';
import type { CardConnection } from '../../ports';
import { inspectChip } from '../inspect-chip';
import type { ReadChipRequest } from '../read/read-chip';
import { type EacChipOptions, makeEacChip } from './eac-chip';
import {
  type EacOptions,
  type EacSpecimen,
  makeAgreementKey,
  makeEacSpecimen,
} from './eac-specimen';
import { SPECIMEN_DAY, SPECIMEN_MRZ } from './specimen-set';

export type InspectionWish = Partial<ReadChipRequest> & Pick<ReadChipRequest, 'access'>;

const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_MRZ;

/** What opens the specimen's chip, beside its CAN. */
export const EAC_MRZ = { documentNumber, dateOfBirth, dateOfExpiry };

/** The key for Chip Authentication unless a test has its own. */
export const EAC_KEY = makeAgreementKey(13);

/** Reads and judges a chip that holds the specimen. */
export function inspect(
  connection: CardConnection,
  { trust, files }: EacSpecimen,
  wish: InspectionWish,
): Promise<InspectionReport> {
  return inspectChip({
    connection,
    random: new SeededRandom('inspection'),
    clock: { now: () => SPECIMEN_DAY },
    trust,
    expected: files,
    ...wish,
  });
}

/** A chip with such files, keys and secrets, read and judged. */
export async function inspectNew(
  wish: InspectionWish,
  options: EacOptions = {},
  chip: Partial<EacChipOptions> = {},
): Promise<InspectionReport> {
  const specimen = await makeEacSpecimen(options);
  const used = options.chipAuthentication?.map(({ key }) => key) ?? [EAC_KEY];
  const keys = [...new Set([...used, ...(options.mapping ?? [])])];
  const { connection } = await makeEacChip({ files: specimen.files, keys, ...chip });
  return inspect(connection, specimen, wish);
}

/** The same connection with something in between. */
export function withTransmit(
  connection: CardConnection,
  transmit: CardConnection['transmit'],
): CardConnection {
  return {
    atr: connection.atr,
    transmit,
    reset: () => connection.reset(),
    disconnect: () => connection.disconnect(),
  };
}

export function outcomesOf(report: InspectionReport, id: string): readonly CheckOutcome[] {
  return report.checks.filter((check) => check.id === id).map(({ outcome }) => outcome);
}

/** The reasons of all checks with this outcome, in English. */
export function reasonsOf(
  report: InspectionReport,
  outcome: CheckOutcome,
): readonly (string | undefined)[] {
  return report.checks.filter((check) => check.outcome === outcome).map(({ reason }) => reason?.en);
}
