import { crc32, deflateRawSync } from 'node:zlib';
import { decodeHex } from '../../../standards/bytes/hex';

/** Tags of the components [JCVM §6.2]. */
const TAGS = {
  Header: 1,
  Directory: 2,
  Import: 4,
  Applet: 3,
  Class: 6,
  Method: 7,
  StaticField: 8,
  Export: 10,
  ConstantPool: 5,
  RefLocation: 9,
  Descriptor: 11,
} as const;

export const TRIAL_PACKAGE = decodeHex('A000000247');
export const TRIAL_APPLET = decodeHex('A0000002471001');

/**
 * Components of a package that names itself and one applet, and whose code is made up: tag and
 * length stand before each, as a card expects them.
 */
export function makeComponents(
  packageAid: Uint8Array = TRIAL_PACKAGE,
  appletAid: Uint8Array = TRIAL_APPLET,
): Readonly<Record<string, Uint8Array>> {
  const known: Readonly<Record<string, Uint8Array>> = {
    // Magic, version 2.1, no flags, package version 1.0, AID.
    Header: Uint8Array.of(
      ...[0xde, 0xca, 0xff, 0xed, 1, 2, 0, 0, 1],
      ...[packageAid.length, ...packageAid],
    ),
    Applet: Uint8Array.of(1, appletAid.length, ...appletAid, 0, 0),
  };
  return Object.fromEntries(
    Object.entries(TAGS).map(([name, tag]) => {
      const content = known[name] ?? new Uint8Array(20 + tag).fill(tag);
      return [name, Uint8Array.of(tag, 0, content.length, ...content)];
    }),
  );
}

export const COMPONENTS = makeComponents();

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
