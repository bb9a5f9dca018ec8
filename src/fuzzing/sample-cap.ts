import { packZip } from './pack-zip';

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
  const files = COMPONENTS.map((name) => [`a/javacard/${name}.cap`, CONTENT] as const);
  return packZip(files, 'stored');
}
