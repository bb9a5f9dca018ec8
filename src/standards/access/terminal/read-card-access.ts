import { LDS_FILE_TABLE } from '../../lds/lds-file-table';
import { AccessError } from '../access-error';
import type { CommandChannel } from './apdu-channel';
import { readFile } from './read-file';
import { buildSelectMasterFile, selectEmrtdApplication } from './select';

/** EF.CardAccess and where it was found; undefined where the chip has none. */
export interface FoundCardAccess {
  readonly bytes: Uint8Array;
  /** After `eMRTD` the application is selected and PACE runs in it. */
  readonly place: 'MF' | 'eMRTD';
}

/**
 * Looks for EF.CardAccess: in the master file, where it belongs, then in the eMRTD application,
 * where open applets keep it, which cannot have a master file [9303-10 §3.11.3].
 *
 * @throws AccessError when a file is there and cannot be read.
 */
export async function readCardAccess(
  channel: CommandChannel,
): Promise<FoundCardAccess | undefined> {
  const { fid, tag } = LDS_FILE_TABLE['EF.CardAccess'];
  // Chips without a master file refuse this; the file is then looked for in the application.
  await channel.send(buildSelectMasterFile());
  const inMasterFile = await readIfThere(channel, fid);
  if (inMasterFile !== undefined) return { bytes: inMasterFile, place: 'MF' };
  await selectEmrtdApplication(channel);
  const inApplication = await readIfThere(channel, fid);
  // In the application the same identifier can also be EF.CVCA, which begins otherwise.
  if (inApplication?.[0] !== tag) return undefined;
  return { bytes: inApplication, place: 'eMRTD' };
}

async function readIfThere(channel: CommandChannel, fid: number): Promise<Uint8Array | undefined> {
  try {
    return await readFile(channel, fid);
  } catch (error) {
    if (error instanceof AccessError && error.reason === 'refused') return undefined;
    throw error;
  }
}
