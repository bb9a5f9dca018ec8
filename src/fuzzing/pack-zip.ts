import { crc32, deflateRawSync } from 'node:zlib';

const VERSION = 20;
const METHOD = { stored: 0, deflated: 8 } as const;

/**
 * A ZIP archive of these files in this order [APPNOTE §4.3.6], for parsers to be tried on.
 *
 * @param how stored as they are, which lets a fuzzer reach into them, or deflated
 */
export function packZip(
  files: readonly (readonly [name: string, content: Uint8Array])[],
  how: keyof typeof METHOD = 'deflated',
): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = how === 'stored' ? Buffer.from(content) : deflateRawSync(content);
    const nameBytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(VERSION, 0);
    fields.writeUInt16LE(METHOD[how], 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('504B0304', 'hex'), fields, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('504B01021400', 'hex'), fields, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...locals, directory, Buffer.from('504B0506', 'hex'), end]));
}
