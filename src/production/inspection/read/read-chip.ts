import type { InspectionStep } from '../../document/inspection-report';
import type { CardConnection, Clock, RandomSource } from '../../ports';
import type { ChipFacts, TerminalFacts } from '../chip-facts';
import { readContents } from '../lds-contents';
import { valueOf } from '../parsed';
import type { AccessPolicy, ChipSecrets } from './access-secrets';
import { proveActiveAuthentication } from './active-authentication';
import { blockSizesOf } from './block-sizes';
import { type ChipAuthentication, proveChipAuthentication } from './chip-authentication';
import { proveMapping } from './chip-authentication-mapping';
import { CountingChannel } from './counting-channel';
import { discoverChip } from './discover-chip';
import { FileReading } from './file-reading';
import { openChip } from './open-chip';
import { opensWithoutPassword } from './open-unprotected';
import { type ReadProgress, StepLog } from './step-log';
import { readWithRights, type TerminalRights } from './terminal-authentication';

export interface ReadChipRequest {
  readonly connection: CardConnection;
  readonly access: ChipSecrets;
  /** PACE where it is offered, else BAC, else what everybody may read, unless told otherwise. */
  readonly policy?: AccessPolicy;
  /** Certificates and key with which DG3 and DG4 are read. */
  readonly terminal?: TerminalRights;
  /** Whether the chip is tried without a password in the end; it is unless told otherwise. */
  readonly triesWithoutPassword?: boolean;
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
 * Opens a chip and reads all it lists: what stands in the master file, EF.COM, EF.SOD and every
 * data group of either list. DG3 and DG4 come last, because the refusal of a protected file ends
 * the session on many chips. A file that cannot be read is reported, and the others are read all
 * the same.
 *
 * @throws ProductionError `CARD_ACCESS_DENIED`, `CARD_LOST`, `CARD_MUTE`, `CARD_REFUSED`.
 */
export async function readChip(request: ReadChipRequest): Promise<ChipReading> {
  const { connection, access, policy = 'any', random, clock, onProgress } = request;
  const channel = new CountingChannel(connection);
  const log = new StepLog(channel, clock, onProgress);
  const discovery = await discoverChip(channel, log);
  const parts = { connection, channel, log, access, policy, random, discovery };
  const chip = await openChip({ ...parts, withCardSecurity: true });
  const reading = new FileReading({
    ...{ chip, log },
    reopen: async () => {
      await connection.reset();
      return openChip({ ...parts, withCardSecurity: false });
    },
    blockSizes: blockSizesOf(discovery.files.get('EF.ATR-INFO')),
  });
  await reading.readListed();
  const mapping = chip.mapping && proveMapping(chip.mapping, reading.files.get('EF.CardSecurity'));
  const activeAuthentication = await proveActiveAuthentication(reading, random, log);
  const proved = await readProtectedFiles(reading, request, log);
  const { triesWithoutPassword = chip.access.protocol !== 'none' } = request;
  const opensToAll = triesWithoutPassword ? await opensWithoutPassword(parts) : undefined;
  return {
    files: reading.files,
    chip: {
      access: { ...chip.access, ...(opensToAll !== undefined && { opensToAll }) },
      unread: reading.unread,
      ...(mapping && { chipAuthenticationMapping: mapping }),
      ...(activeAuthentication && { activeAuthentication }),
      ...(proved.chipAuthentication && { chipAuthentication: proved.chipAuthentication.proof }),
      ...(proved.terminal && { terminal: proved.terminal }),
    },
    steps: log.steps,
  };
}

/**
 * Chip Authentication, Terminal Authentication, then DG3 and DG4. With a terminal's rights it is
 * tried first whether the chip gives them to everybody, which it must not.
 */
async function readProtectedFiles(
  reading: FileReading,
  { terminal: rights, random, clock }: ReadChipRequest,
  log: StepLog,
): Promise<{
  readonly chipAuthentication: ChipAuthentication | undefined;
  readonly terminal?: TerminalFacts;
}> {
  const terminalInfo = valueOf(readContents(reading.files)['EF.DG14'])?.find(
    (info) => info.kind === 'terminal-authentication',
  );
  if (terminalInfo !== undefined || rights !== undefined) {
    await reading.readTrustPoints(terminalInfo?.efCvca?.fid);
  }
  if (rights !== undefined) await reading.readProtected();
  const chipAuthentication = await proveChipAuthentication(reading, random, log);
  if (rights === undefined) {
    await reading.readProtected();
    return { chipAuthentication };
  }
  if (reading.missingProtected().length === 0) return { chipAuthentication };
  const run = { reading, rights, random, log, chipAuthentication, today: clock.now() };
  return { chipAuthentication, terminal: await readWithRights(run) };
}
