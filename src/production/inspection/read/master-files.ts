import { AccessError } from '../../../standards/access/access-error';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import type { CommandChannel } from '../../../standards/access/terminal/apdu-channel';
import { readBinary } from '../../../standards/access/terminal/read-binary';
import { readFile } from '../../../standards/access/terminal/read-file';
import { selectFile } from '../../../standards/access/terminal/select';
import { concatBytes } from '../../../standards/bytes/concat';
import { MalformedError } from '../../../standards/bytes/malformed';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { parseTlvHeader } from '../../../standards/tlv/tlv';
import type { LdsFileName } from '../../document/lds-files';

/** Longest header of an object in EF.DIR or EF.ATR/INFO: 7F66 and a length of one byte, and more. */
const HEADER_BYTES = 4;
const MAX_OBJECTS = 16;
const MAX_LIST_BYTES = 2048;

type MasterFile = readonly [name: LdsFileName, bytes: Uint8Array];

/**
 * EF.ATR/INFO and EF.DIR, where the chip has them. Everybody may read them, so they are read
 * before a session could be lost over them; the master file must be selected [9303-10 §3.11].
 */
export async function readOpenMasterFiles(channel: CommandChannel): Promise<readonly MasterFile[]> {
  const files: MasterFile[] = [];
  for (const name of ['EF.ATR-INFO', 'EF.DIR'] as const) {
    const bytes = await ifThere(() => readObjectList(channel, LDS_FILE_TABLE[name].fid));
    if (bytes !== undefined && bytes.length > 0) files.push([name, bytes]);
  }
  return files;
}

/** EF.CardSecurity, and whether asking for it cost the session. */
export interface CardSecurityReading {
  readonly bytes?: Uint8Array;
  readonly sessionLost: boolean;
}

/**
 * EF.CardSecurity, where the chip has it: only after PACE, with the master file still selected
 * [9303-10 §3.11.4].
 */
export async function readCardSecurityFile(channel: CommandChannel): Promise<CardSecurityReading> {
  try {
    const bytes = await ifThere(() => readFile(channel, LDS_FILE_TABLE['EF.CardSecurity'].fid));
    return { ...(bytes && { bytes }), sessionLost: false };
  } catch (error) {
    if (error instanceof SecureMessagingError) return { sessionLost: true };
    throw error;
  }
}

/** All files of the master file are optional: what is refused is absent. */
async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AccessError || error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** A file that is a list of data objects: object after object, until none follows. */
async function readObjectList(channel: CommandChannel, fid: number): Promise<Uint8Array> {
  await selectFile(channel, fid);
  const objects: Uint8Array[] = [];
  let offset = 0;
  while (objects.length < MAX_OBJECTS && offset < MAX_LIST_BYTES) {
    const object = await readObject(channel, offset);
    if (object === undefined) break;
    objects.push(object);
    offset += object.length;
  }
  return concatBytes(...objects);
}

async function readObject(
  channel: CommandChannel,
  offset: number,
): Promise<Uint8Array | undefined> {
  const start = await readAtMost(channel, offset, HEADER_BYTES);
  // Chips fill the rest of a file with zeros or ones.
  if (start === undefined || start[0] === 0x00 || start[0] === 0xff) return undefined;
  const { headerBytes, lengthBytes } = parseTlvHeader(start, 'object list');
  const total = headerBytes + lengthBytes;
  if (total > MAX_LIST_BYTES) throw new MalformedError('object list', 'an object is too long');
  if (total <= start.length) return start.subarray(0, total);
  const rest = await readAtMost(channel, offset + start.length, total - start.length);
  return rest === undefined ? undefined : concatBytes(start, rest);
}

/** Bytes at an offset, or undefined where the file has none there. */
async function readAtMost(
  channel: CommandChannel,
  offset: number,
  lengthBytes: number,
): Promise<Uint8Array | undefined> {
  try {
    return await readBinary(channel, offset, lengthBytes);
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
}
