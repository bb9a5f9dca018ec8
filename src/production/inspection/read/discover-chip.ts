import { AccessError } from '../../../standards/access/access-error';
import {
  listPaceOffers,
  listUnusablePace,
  type PaceOffer,
} from '../../../standards/access/pace/pace-protocol';
import { PlainChannel } from '../../../standards/access/terminal/apdu-channel';
import {
  type FoundCardAccess,
  readCardAccess,
} from '../../../standards/access/terminal/read-card-access';
import {
  buildSelectMasterFile,
  selectEmrtdApplication,
} from '../../../standards/access/terminal/select';
import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { parseCardAccess } from '../../../standards/lds/ef-card-access';
import type { LdsFileName } from '../../document/lds-files';
import { attempt, valueOf } from '../parsed';
import type { CountingChannel } from './counting-channel';
import { readOpenMasterFiles } from './master-files';
import { rankPaceOffers } from './rank-pace-offers';
import type { StepLog } from './step-log';

/** What a chip says of itself before anybody has opened it. */
export interface Discovery {
  /** EF.CardAccess, EF.ATR/INFO and EF.DIR, as far as they are there. */
  readonly files: ReadonlyMap<LdsFileName, Uint8Array>;
  /** Where PACE runs; undefined where there is no EF.CardAccess. */
  readonly place: FoundCardAccess['place'] | undefined;
  /** The variants of PACE that are understood here, the strongest first. */
  readonly offers: readonly PaceOffer[];
  /** Why the others are not. */
  readonly unusable: readonly string[];
}

/** Reads what everybody may read [9303-10 §3.11, 9303-11 §4.2]. */
export async function discoverChip(channel: CountingChannel, log: StepLog): Promise<Discovery> {
  const plain = new PlainChannel(channel);
  const { found, hasMasterFile } = await log.run('EF.CardAccess', async () => {
    const access = await findCardAccess(plain);
    if (access?.place === 'MF') return { found: access, hasMasterFile: true };
    const { sw } = await plain.send(buildSelectMasterFile());
    return { found: access, hasMasterFile: sw === SW.ok };
  });
  const infos = found && valueOf(attempt(() => parseCardAccess(found.bytes)));
  const open = hasMasterFile ? await log.run('MF', () => readOpenMasterFiles(plain)) : [];
  return {
    files: new Map([...(found ? [['EF.CardAccess', found.bytes] as const] : []), ...open]),
    place: found?.place,
    offers: rankPaceOffers(listPaceOffers(infos ?? [])),
    unusable: listUnusablePace(infos ?? []),
  };
}

/** Selects the place where EF.CardAccess stands and PACE runs [9303-10 §3.11.3]. */
export async function selectPacePlace(
  channel: CountingChannel,
  place: Discovery['place'],
): Promise<void> {
  const plain = new PlainChannel(channel);
  if (place === 'MF') await plain.send(buildSelectMasterFile());
  else await selectEmrtdApplication(plain);
}

async function findCardAccess(channel: PlainChannel): Promise<FoundCardAccess | undefined> {
  try {
    return await readCardAccess(channel);
  } catch (error) {
    // A file that cannot be read leaves BAC; a chip without the application is told apart there.
    if (error instanceof AccessError || error instanceof MalformedError) return undefined;
    throw error;
  }
}
