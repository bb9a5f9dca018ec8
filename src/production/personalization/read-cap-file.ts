import { concatBytes } from '../../standards/bytes/concat';
import { MalformedError } from '../../standards/bytes/malformed';
import { listZipEntries, readZipEntry } from '../../standards/bytes/zip-archive';
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

/**
 * The load file data block of a CAP file: its components one behind the other [JCVM §4.1, §6.2].
 *
 * @param place the file, for messages
 * @throws ProductionError `PROFILE_INVALID` when it is no CAP file, or lacks a component.
 */
export function readLoadFileDataBlock(content: Uint8Array, place: string): Uint8Array {
  try {
    const entries = listZipEntries(content, MAX_ENTRIES);
    return concatBytes(
      ...COMPONENTS.flatMap((component) => {
        const found = entries.filter(({ name }) => name.endsWith(`/javacard/${component}.cap`));
        const [entry, second] = found;
        if (second !== undefined)
          throw new MalformedError('package', `two components ${component}`);
        if (entry !== undefined) return [readZipEntry(content, entry, MAX_COMPONENT_BYTES)];
        if (OPTIONAL.includes(component)) return [];
        throw new MalformedError('package', `no component ${component}`);
      }),
    );
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProductionError('PROFILE_INVALID', place, ['it is no CAP file', error.message], {
      cause: error,
    });
  }
}
