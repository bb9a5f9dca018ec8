import { packZip } from '../../../fuzzing/pack-zip';
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
  const files = Object.entries(components).map(
    ([name, content]) => [`org/example/trial/javacard/${name}.cap`, content] as const,
  );
  return packZip(files.toReversed(), options.stored === true ? 'stored' : 'deflated');
}
