import type { InspectionStep } from '../../document/inspection-report';
import type { CardConnection, Clock, RandomSource } from '../../ports';
import type { ChipFacts } from '../chip-facts';
import { proveActiveAuthentication } from './active-authentication';
import { proveChipAuthentication } from './chip-authentication';
import { CountingChannel } from './counting-channel';
import { FileReading } from './file-reading';
import { type AccessPolicy, type ChipSecrets, openChip } from './open-chip';
import { type ReadProgress, StepLog } from './step-log';

export interface ReadChipRequest {
  readonly connection: CardConnection;
  readonly access: ChipSecrets;
  /** PACE where it is offered, else BAC, unless told otherwise. */
  readonly policy?: AccessPolicy;
  /** For challenges and ephemeral keys. */
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly onProgress?: (progress: ReadProgress) => void;
}

/** Everything that a chip gave: its files and what it proved. */
export interface ChipReading {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly chip: ChipFacts;
  readonly steps: readonly InspectionStep[];
}

/**
 * Opens a chip and reads all it lists: EF.CardAccess, EF.COM, EF.SOD and every data group of
 * either list. DG3 and DG4 come last, because the refusal of a protected file ends the session on
 * many chips. A file that cannot be read is reported, and the others are read all the same.
 *
 * @throws ProductionError `CARD_ACCESS_DENIED`, `CARD_LOST`, `CARD_MUTE`, `CARD_REFUSED`.
 */
export async function readChip(request: ReadChipRequest): Promise<ChipReading> {
  const { connection, access, policy = 'pace-or-bac', random, clock, onProgress } = request;
  const channel = new CountingChannel(connection);
  const log = new StepLog(channel, clock, onProgress);
  const open = (withMasterFiles: boolean) =>
    openChip({ connection, channel, log, access, policy, random, withMasterFiles });
  const chip = await open(true);
  const reading = new FileReading(chip, log, async () => {
    await connection.reset();
    return open(false);
  });
  await reading.readListed();
  const activeAuthentication = await proveActiveAuthentication(reading, random, log);
  const chipAuthentication = await proveChipAuthentication(reading, random, log);
  await reading.readProtected();
  return {
    files: reading.files,
    chip: {
      access: chip.access,
      unread: reading.unread,
      ...(activeAuthentication && { activeAuthentication }),
      ...(chipAuthentication && { chipAuthentication }),
    },
    steps: log.steps,
  };
}
