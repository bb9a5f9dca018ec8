import { crc32 } from 'node:zlib';
import { concatBytes } from '../standards/bytes/concat';
import { encodeAscii } from '../standards/bytes/text';

const COMPONENTS = [
  'Header',
  'Directory',
  'Import',
  'Class',
  'Method',
  'StaticField',
  'ConstantPool',
  'RefLocation',
];
const CONTENT = Uint8Array.of(0x01, 0x00, 0x02, 0x00, 0x00);

/** The smallest CAP file: each component once, stored, with nothing of a program in it. */
export function packSampleCap(): Uint8Array {
  const names = COMPONENTS.map((name) => encodeAscii(`a/javacard/${name}.cap`));
  const checksum = crc32(CONTENT);
  const locals = names.map((name) =>
    concatBytes(
      littleEndian([0x04034b50, 4], [20, 2], [0, 2], [0, 2], [0, 4], [checksum, 4]),
      littleEndian([CONTENT.length, 4], [CONTENT.length, 4], [name.length, 2], [0, 2]),
      name,
      CONTENT,
    ),
  );
  let offset = 0;
  const central = concatBytes(
    ...names.map((name, index) => {
      const entry = concatBytes(
        littleEndian([0x02014b50, 4], [20, 2], [20, 2], [0, 2], [0, 2], [0, 4], [checksum, 4]),
        littleEndian([CONTENT.length, 4], [CONTENT.length, 4], [name.length, 2], [0, 2], [0, 2]),
        littleEndian([0, 2], [0, 2], [0, 4], [offset, 4]),
        name,
      );
      offset += locals[index]?.length ?? 0;
      return entry;
    }),
  );
  const count = names.length;
  const end = concatBytes(
    littleEndian([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2]),
    littleEndian([central.length, 4], [offset, 4], [0, 2]),
  );
  return concatBytes(...locals, central, end);
}

function littleEndian(...fields: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, index) => Math.floor(value / 0x100 ** index) & 0xff),
    ),
  );
}
