import { AccessError } from '../../../standards/access/access-error';
import type { CommandChannel } from '../../../standards/access/terminal/apdu-channel';
import { buildReadBinary } from '../../../standards/access/terminal/read-binary';
import { buildSelectFile, selectEmrtdApplication } from '../../../standards/access/terminal/select';
import { UnprotectedChannel } from '../../../standards/access/terminal/unprotected-channel';
import { chipIdentifierFromMrz } from '../../../standards/access/terminal-authentication/terminal-authentication';
import { SW } from '../../../standards/apdu/status-words';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import type { OpenChip, OpenChipRequest } from './opening';

const EF_DG1 = LDS_FILE_TABLE['EF.DG1'];
const TAG_BYTES = 1;

/**
 * A chip that has neither PACE nor BAC and gives its files to everybody, as cards for training and
 * the oldest passports do [9303-11 §4.2]; undefined when EF.DG1 cannot be read like that.
 */
export async function openUnprotected({
  channel,
  log,
  access,
  discovery,
}: OpenChipRequest): Promise<OpenChip | undefined> {
  const opened = new UnprotectedChannel(channel);
  if (!(await log.run('no access control', () => givesHolder(opened)))) return undefined;
  const { mrz } = access;
  return {
    channel: opened,
    access: { words: 'no access control', protocol: 'none', paceOffered: false },
    masterFiles: discovery.files,
    chipIdentifier:
      mrz === undefined ? new Uint8Array() : chipIdentifierFromMrz(mrz.documentNumber),
    authorityReferences: [],
  };
}

/**
 * Whether a chip that has access control gives EF.DG1 to a reader that has shown no password after
 * a reset. The session of before is over then.
 */
export function opensWithoutPassword({
  connection,
  channel,
  log,
}: Pick<OpenChipRequest, 'connection' | 'channel' | 'log'>): Promise<boolean> {
  return log.run('without password', async () => {
    await connection.reset();
    return givesHolder(new UnprotectedChannel(channel));
  });
}

/** One byte is enough: nothing of the holder is read. */
async function givesHolder(channel: CommandChannel): Promise<boolean> {
  try {
    await selectEmrtdApplication(channel);
  } catch (error) {
    if (error instanceof AccessError) return false;
    throw error;
  }
  if ((await channel.send(buildSelectFile(EF_DG1.fid))).sw !== SW.ok) return false;
  const { sw, data } = await channel.send(buildReadBinary(0, TAG_BYTES));
  return sw === SW.ok && data[0] === EF_DG1.tag;
}
