import { SW } from '../../../standards/apdu/status-words';
import { decodeHex } from '../../../standards/bytes/hex';
import { equalBytes } from '../../../standards/bytes/compare';
import { decodeUint } from '../../../standards/bytes/integer';
import { encodeTlv, parseOnlyTlv } from '../../../standards/tlv/tlv';
import { refuse } from '../status-word-error';
import { type EmrtdCommand, type EmrtdContext, type EmrtdHandler, NO_DATA } from './emrtd-context';
import { type EmrtdFile, findFile, findFileBySfi, memoryFid } from './emrtd-files';

export const EMRTD_AID = decodeHex('A0000002471001');
const MASTER_FILE = 0x3f00;

/** SELECT: the application by name, the master file, or a file of the current folder. */
export const select: EmrtdHandler = (chip, { p1, data }) => {
  const { session } = chip;
  if (p1 === 0x04) {
    if (!equalBytes(data, EMRTD_AID)) refuse(SW.fileNotFound);
    session.folder = 'eMRTD';
    delete session.selected;
    return NO_DATA;
  }
  if (p1 !== 0x00 && p1 !== 0x02) refuse(SW.incorrectP1P2);
  if (data.length !== 2 && data.length !== 0) refuse(SW.wrongLength);
  const fid = data.length === 0 ? MASTER_FILE : decodeUint(data);
  if (fid === MASTER_FILE && p1 === 0x00) {
    session.folder = 'MF';
    delete session.selected;
    return NO_DATA;
  }
  session.selected = requireReadable(chip, findFile(session.folder, fid));
  return NO_DATA;
};

/** READ BINARY by offset of 15 bits, or of 8 bits with a short identifier [ISO 7816-4 §11.3.3]. */
export const readBinary: EmrtdHandler = (chip, command) => {
  const { p1, p2 } = command;
  if ((p1 & 0x80) === 0) return read(chip, command, p1 * 0x100 + p2);
  chip.session.selected = requireReadable(chip, findFileBySfi(chip.session.folder, p1 & 0x1f));
  return read(chip, command, p2);
};

/** READ BINARY with odd instruction: the offset in object 54, the answer in object 53. */
export const readBinaryOdd: EmrtdHandler = (chip, command) => {
  const { p1, p2, data, le } = command;
  const offset = decodeUint(parseOnlyTlv(data, 0x54, 'READ BINARY'));
  const reference = p1 * 0x100 + p2;
  if (reference !== 0) {
    const file =
      reference < 0x20
        ? findFileBySfi(chip.session.folder, reference)
        : findFile(chip.session.folder, reference);
    chip.session.selected = requireReadable(chip, file);
  }
  // Tag and length of the answer count as expected bytes too.
  const headerBytes = 4;
  const bytes = read(
    chip,
    {
      ...command,
      ...(le === undefined ? {} : { le: Math.max(1, le - headerBytes) }),
      roomBytes: command.roomBytes - headerBytes,
    },
    offset,
  );
  return encodeTlv(0x53, bytes);
};

function read(chip: EmrtdContext, { le, roomBytes }: EmrtdCommand, offset: number): Uint8Array {
  const selected = chip.session.selected ?? refuse(SW.commandNotAllowed);
  const file = chip.memory.file(memoryFid(requireReadable(chip, selected)));
  if (file === undefined) return refuse(SW.fileNotFound);
  if (offset >= file.sizeBytes) refuse(SW.wrongOffset);
  const end = Math.min(file.sizeBytes, offset + Math.min(le ?? 0, roomBytes));
  return file.content.slice(offset, end);
}

/** A file that is there and that the session may read; its absence shows to nobody else. */
function requireReadable(chip: EmrtdContext, file: EmrtdFile | undefined): EmrtdFile {
  const { memory, session } = chip;
  const { channel, rights } = session;
  const granted = {
    always: true,
    session: channel !== undefined,
    pace: channel?.kind === 'pace',
    'terminal-dg3': rights?.dg3 === true,
    'terminal-dg4': rights?.dg4 === true,
  };
  if (file === undefined) {
    return refuse(channel === undefined ? SW.securityStatusNotSatisfied : SW.fileNotFound);
  }
  if (!granted[file.access]) refuse(SW.securityStatusNotSatisfied);
  if (memory.file(memoryFid(file)) === undefined) refuse(SW.fileNotFound);
  return file;
}
