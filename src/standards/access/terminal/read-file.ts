import { MalformedError } from '../../bytes/malformed';
import { parseTlvHeader } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import type { CommandChannel } from './apdu-channel';
import { readBinary } from './read-binary';
import { selectFile } from './select';

export interface ReadFileOptions {
  /**
   * Most bytes a command asks for. 223 is what fits into a short response under AES; a chip with
   * extended length takes more.
   */
  readonly blockBytes?: number;
  /** A file that says that it is larger is not read. */
  readonly maxBytes?: number;
  /** The whole length of a file that is not one data object, for instance 36 for EF.CVCA. */
  readonly fixedBytes?: number;
}

const DEFAULT_BLOCK_BYTES = 223;
const DEFAULT_MAX_BYTES = 0x4_0000;
/** Tag of one byte and a length of up to three: nearly every file of the LDS begins so. */
const HEADER_BYTES = 4;
const MAX_HEADER_BYTES = 8;

/**
 * Selects a file and reads it whole. Its own first tag and length say where it ends, so that no
 * command asks for bytes beyond its end: some chips answer that with an error that ends secure
 * messaging [9303-10 §3.6, §4.6].
 *
 * @throws AccessError `refused` with the status word (6A82 no such file, 6982 no right to read),
 * `protocol` when the file has no such structure or ends too early, `too-long`.
 */
export async function readFile(
  channel: CommandChannel,
  fid: number,
  options: ReadFileOptions = {},
): Promise<Uint8Array> {
  await selectFile(channel, fid);
  return readCurrentFile(channel, options);
}

/** Reads the file that is selected already, whole [9303-10 §3.6.3]. @throws AccessError */
export async function readCurrentFile(
  channel: CommandChannel,
  options: ReadFileOptions = {},
): Promise<Uint8Array> {
  const { blockBytes = DEFAULT_BLOCK_BYTES, maxBytes = DEFAULT_MAX_BYTES } = options;
  const start =
    options.fixedBytes === undefined
      ? await readHeader(channel)
      : { bytes: new Uint8Array(), totalBytes: options.fixedBytes };
  const { totalBytes } = start;
  if (totalBytes > maxBytes) {
    throw new AccessError('read file', 'too-long', `says that it has ${totalBytes} bytes`);
  }
  const file = new Uint8Array(totalBytes);
  file.set(start.bytes.subarray(0, totalBytes));
  let read = Math.min(start.bytes.length, totalBytes);
  // A chip may give less than asked for, but not so little that reading does not come to an end.
  let commandsLeft = 16 + 4 * Math.ceil(totalBytes / blockBytes);
  while (read < totalBytes) {
    if (commandsLeft-- === 0) {
      throw new AccessError('read file', 'too-long', 'the chip gives too few bytes at a time');
    }
    const block = await readBinary(channel, read, Math.min(blockBytes, totalBytes - read));
    file.set(block, read);
    read += block.length;
  }
  return file;
}

/** The first bytes of the file, enough for tag and length, and the length that they declare. */
async function readHeader(
  channel: CommandChannel,
): Promise<{ readonly bytes: Uint8Array; readonly totalBytes: number }> {
  let bytes = await readBinary(channel, 0, HEADER_BYTES);
  for (;;) {
    try {
      const { headerBytes, lengthBytes } = parseTlvHeader(bytes, 'file header');
      return { bytes, totalBytes: headerBytes + lengthBytes };
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      if (bytes.length >= MAX_HEADER_BYTES) {
        throw new AccessError('read file', 'protocol', error.message, { cause: error });
      }
    }
    const more = await readBinary(channel, bytes.length, 1);
    bytes = Uint8Array.of(...bytes, ...more);
  }
}
