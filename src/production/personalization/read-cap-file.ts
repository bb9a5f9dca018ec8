import { crc32, inflateRawSync } from 'node:zlib';
import { concatBytes } from '../../standards/bytes/concat';
import { ProductionError } from '../errors';

/** The components that a card is given, in this order [JCVM §6.2]; Descriptor and Debug stay here. */
const COMPONENTS = [
  'Header',
  'Directory',
  'Import',
  'Applet',
  'Class',
  'Method',
  'StaticField',
  'Export',
  'ConstantPool',
  'RefLocation',
] as const;
const OPTIONAL: readonly string[] = ['Applet', 'Export'];

const MAX_COMPONENT_BYTES = 0xffff + 3;
const MAX_ENTRIES = 256;
const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const METHOD = { stored: 0, deflated: 8 } as const;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly compressedBytes: number;
  readonly localOffset: number;
}

/**
 * The load file data block of a CAP file: its components one behind the other [JCVM §4.1, §6.2].
 *
 * @param place the file, for messages
 * @throws ProductionError `PROFILE_INVALID` when it is no CAP file, or lacks a component.
 */
export function readLoadFileDataBlock(content: Uint8Array, place: string): Uint8Array {
  const file = Buffer.from(content.buffer, content.byteOffset, content.length);
  try {
    const entries = listEntries(file);
    return concatBytes(
      ...COMPONENTS.flatMap((component) => {
        const found = entries.filter(({ name }) => name.endsWith(`/javacard/${component}.cap`));
        const [entry, second] = found;
        if (second !== undefined) throw new RangeError(`two components ${component}`);
        if (entry !== undefined) return [readEntry(file, entry)];
        if (OPTIONAL.includes(component)) return [];
        throw new RangeError(`no component ${component}`);
      }),
    );
  } catch (cause) {
    // Reading beyond the end is a RangeError too; what zlib refuses is an Error with a code.
    const reason = cause instanceof RangeError ? cause.message : 'a component is damaged';
    throw new ProductionError('PROFILE_INVALID', place, ['it is no CAP file', reason], { cause });
  }
}

/** The central directory of a ZIP archive; archives of more than one part are no CAP files. */
function listEntries(file: Buffer): readonly Entry[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_BYTES > file.length) throw new RangeError('no ZIP archive');
  const count = file.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw new RangeError(`${count} entries`);
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (file.readUInt32LE(at) !== SIGNATURE.central) throw new RangeError('a damaged directory');
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

function readEntry(file: Buffer, entry: Entry): Uint8Array {
  const { method, compressedBytes, localOffset: at, name } = entry;
  if (file.readUInt32LE(at) !== SIGNATURE.local) throw new RangeError('a damaged entry');
  const start = at + LOCAL_BYTES + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  if (start + compressedBytes > file.length) throw new RangeError(`${name} is cut off`);
  const content = unpack(file.subarray(start, start + compressedBytes), method);
  if (crc32(content) !== entry.checksum) throw new RangeError(`${name} is damaged`);
  return content;
}

function unpack(bytes: Buffer, method: number): Uint8Array {
  if (method === METHOD.stored) return Uint8Array.from(bytes);
  if (method !== METHOD.deflated) throw new RangeError(`packing method ${method}`);
  return Uint8Array.from(inflateRawSync(bytes, { maxOutputLength: MAX_COMPONENT_BYTES }));
}
