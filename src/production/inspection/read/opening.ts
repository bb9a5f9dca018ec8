import type { ChipChannel } from '../../../standards/access/terminal/secure-channel';
import type { LdsFileName } from '../../document/lds-files';
import type { CardConnection, RandomSource } from '../../ports';
import type { ChipFacts } from '../chip-facts';
import type { AccessPolicy, ChipSecrets } from './access-secrets';
import type { MappingProof } from './chip-authentication-mapping';
import type { CountingChannel } from './counting-channel';
import type { Discovery } from './discover-chip';
import type { StepLog } from './step-log';

export interface OpenChipRequest {
  readonly connection: CardConnection;
  readonly channel: CountingChannel;
  readonly log: StepLog;
  readonly access: ChipSecrets;
  readonly policy: AccessPolicy;
  readonly random: RandomSource;
  readonly discovery: Discovery;
  /** False when the chip is opened anew and EF.CardSecurity was read before. */
  readonly withCardSecurity: boolean;
}

/** A chip whose eMRTD application is selected and whose files can be read. */
export interface OpenChip {
  readonly channel: ChipChannel;
  readonly access: ChipFacts['access'];
  /** What everybody may read, and after PACE EF.CardSecurity. */
  readonly masterFiles: ReadonlyMap<LdsFileName, Uint8Array>;
  /** ID_IC, which Terminal Authentication binds to [9303-11 §7.1.2]. */
  readonly chipIdentifier: Uint8Array;
  /** The trust points that PACE named, the most recent first; none after BAC. */
  readonly authorityReferences: readonly string[];
  /** What chip authentication mapping gave to be verified with EF.CardSecurity. */
  readonly mapping?: MappingProof;
}
