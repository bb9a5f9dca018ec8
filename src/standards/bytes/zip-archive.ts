import { crc32, inflateRawSync } from 'node:zlib';
import { MalformedError } from './malformed';

const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const METHOD = { stored: 0, deflated: 8 } as const;

/** One file in an archive; folders have names that end with a stroke. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  /** CRC-32 of the content. */
  readonly checksum: number;
  readonly compressedBytes: number;
  /** Where its local header begins, in bytes from the start of the archive. */
  readonly localOffset: number;
}

/** Whether the bytes begin as an archive does [APPNOTE §4.3.7]. */
export function isZipArchive(bytes: Uint8Array): boolean {
  return bytes.length > END_BYTES && viewOf(bytes).readUInt32LE(0) === SIGNATURE.local;
}

/**
 * The central directory of a ZIP archive of one part [APPNOTE §4.3.12, §4.3.16].
 *
 * @param maxEntries more are refused
 * @throws MalformedError
 */
export function listZipEntries(archive: Uint8Array, maxEntries: number): readonly ZipEntry[] {
  const file = viewOf(archive);
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_BYTES > file.length) throw malformed('no ZIP archive');
  const count = file.readUInt16LE(end + 10);
  if (count > maxEntries) throw malformed(`${count} entries, more than ${maxEntries}`);
  const entries: ZipEntry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (!isAt(file, at, SIGNATURE.central, CENTRAL_BYTES)) throw malformed('a damaged directory');
    const nameBytes = file.readUInt16LE(at + 28);
    const start = at + CENTRAL_BYTES;
    entries.push({
      name: file.toString('utf8', start, start + nameBytes),
      method: file.readUInt16LE(at + 10),
      checksum: file.readUInt32LE(at + 16),
      compressedBytes: file.readUInt32LE(at + 20),
      localOffset: file.readUInt32LE(at + 42),
    });
    at = start + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * The content of one entry, stored or deflated, held against its checksum [APPNOTE §4.3.7, §4.4.5].
 *
 * @param maxBytes longer content is refused before it is unpacked whole
 * @throws MalformedError
 */
export function readZipEntry(archive: Uint8Array, entry: ZipEntry, maxBytes: number): Uint8Array {
  const file = viewOf(archive);
  const { method, compressedBytes, localOffset: at, name } = entry;
  if (!isAt(file, at, SIGNATURE.local, LOCAL_BYTES)) throw malformed('a damaged entry');
  const start = at + LOCAL_BYTES + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  if (start + compressedBytes > file.length) throw malformed(`${name} is cut off`);
  const content = unpack(file.subarray(start, start + compressedBytes), { method, maxBytes });
  if (crc32(content) !== entry.checksum) throw malformed(`${name} is damaged`);
  return content;
}

function unpack(
  bytes: Buffer,
  { method, maxBytes }: { readonly method: number; readonly maxBytes: number },
): Uint8Array {
  if (method === METHOD.stored && bytes.length <= maxBytes) return Uint8Array.from(bytes);
  if (method !== METHOD.deflated) throw malformed(`packing method ${method}, or too long`);
  try {
    return Uint8Array.from(inflateRawSync(bytes, { maxOutputLength: maxBytes }));
  } catch {
    throw malformed('an entry that is damaged or too long');
  }
}

function isAt(file: Buffer, at: number, signature: number, bytes: number): boolean {
  return at + bytes <= file.length && file.readUInt32LE(at) === signature;
}

function malformed(reason: string): MalformedError {
  return new MalformedError('ZIP archive', reason);
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
