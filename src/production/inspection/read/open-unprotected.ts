import { buildReadBinary } from '../../../standards/access/terminal/read-binary';
import { buildSelectFile, selectEmrtdApplication } from '../../../standards/access/terminal/select';
import { UnprotectedChannel } from '../../../standards/access/terminal/unprotected-channel';
import { chipIdentifierFromMrz } from '../../../standards/access/terminal-authentication/terminal-authentication';
import { SW } from '../../../standards/apdu/status-words';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import type { OpenChip, OpenChipRequest } from './opening';

const EF_COM = LDS_FILE_TABLE['EF.COM'];
const TAG_BYTES = 1;

/**
 * A chip that has neither PACE nor BAC and gives its files to everybody, as cards for training and
 * the oldest passports do [9303-11 §4.2]; undefined when EF.COM cannot be read like that.
 */
export async function openUnprotected({
  channel,
  log,
  access,
  discovery,
}: OpenChipRequest): Promise<OpenChip | undefined> {
  const opened = new UnprotectedChannel(channel);
  const isReadable = await log.run('no access control', async () => {
    await selectEmrtdApplication(opened);
    if ((await opened.send(buildSelectFile(EF_COM.fid))).sw !== SW.ok) return false;
    const { sw, data } = await opened.send(buildReadBinary(0, TAG_BYTES));
    return sw === SW.ok && data[0] === EF_COM.tag;
  });
  if (!isReadable) return undefined;
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
