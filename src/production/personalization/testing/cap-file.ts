import { crc32, deflateRawSync } from 'node:zlib';

/** Components of a package that does nothing, with tag and length as a card expects them. */
export const COMPONENTS: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  [
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
    'Descriptor',
  ].map((name, index) => {
    const content = new Uint8Array(20 + index).fill(index);
    return [name, Uint8Array.of(index + 1, 0, content.length, ...content)];
  }),
);

/** A ZIP archive as the converter of Java Card writes CAP files, in any order of its components. */
export function makeCapFile(
  components: Readonly<Record<string, Uint8Array>> = COMPONENTS,
  options: { readonly stored?: boolean } = {},
): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [component, content] of Object.entries(components).toReversed()) {
    const name = Buffer.from(`org/example/trial/javacard/${component}.cap`);
    const packed = options.stored === true ? Buffer.from(content) : deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(options.stored === true ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504B0304', 'hex'), fields, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('504B01021400', 'hex'), fields, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  const directory = Buffer.concat(centrals);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...locals, directory, Buffer.from('504B0506', 'hex'), end]));
}
