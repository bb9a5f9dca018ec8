import { MalformedError } from '../bytes/malformed';

const PLACE = 'load file data block';
const COMPONENT = { header: 0x01, applet: 0x03 } as const;
const HIGHEST_COMPONENT = 0x0d;
const COMPONENT_HEAD_BYTES = 3;
const MAGIC = [0xde, 0xca, 0xff, 0xed] as const;
/** Magic, two version bytes and flags stand before the package's own version and AID. */
const PACKAGE_OFFSET = 7;
const MIN_AID_BYTES = 5;
const MAX_AID_BYTES = 16;

/** What a load file data block says about its package. */
export interface LoadFileContent {
  /** AID of the package, 5 to 16 bytes. */
  readonly packageAid: Uint8Array;
  readonly packageVersion: { readonly major: number; readonly minor: number };
  /** AIDs of the applets that can be installed from it. */
  readonly appletAids: readonly Uint8Array[];
}

/**
 * Reads the components of a CAP file as they are loaded, one behind the other and the Header first:
 * the AID of the package and those of its applets. Code is not looked at [JCVM §6.2, §6.4, §6.6].
 *
 * @param block without the tag C4 around it
 * @throws MalformedError
 */
export function parseLoadFileDataBlock(block: Uint8Array): LoadFileContent {
  const components = listComponents(block);
  const [first] = components;
  if (first?.tag !== COMPONENT.header)
    throw new MalformedError(PLACE, 'does not begin with Header');
  const applets = components.filter(({ tag }) => tag === COMPONENT.applet);
  if (applets.length > 1) throw new MalformedError(PLACE, 'has two components Applet');
  return {
    ...parseHeader(first.content),
    appletAids: applets.flatMap(({ content }) => parseApplets(content)),
  };
}

interface Component {
  readonly tag: number;
  readonly content: Uint8Array;
}

function listComponents(block: Uint8Array): readonly Component[] {
  const found: Component[] = [];
  for (let offset = 0; offset < block.length;) {
    const [tag = 0, high, low] = block.subarray(offset, offset + COMPONENT_HEAD_BYTES);
    if (high === undefined || low === undefined) {
      throw new MalformedError(PLACE, 'ends inside the head of a component', offset);
    }
    if (tag === 0 || tag > HIGHEST_COMPONENT) {
      throw new MalformedError(PLACE, `has a component of the unknown tag ${tag}`, offset);
    }
    const start = offset + COMPONENT_HEAD_BYTES;
    const end = start + high * 0x100 + low;
    if (end > block.length) throw new MalformedError(PLACE, 'a component is cut off', offset);
    found.push({ tag, content: block.subarray(start, end) });
    offset = end;
  }
  return found;
}

function parseHeader(header: Uint8Array): Omit<LoadFileContent, 'appletAids'> {
  if (!MAGIC.every((byte, index) => header[index] === byte)) {
    throw new MalformedError(PLACE, 'its Header has another magic number');
  }
  const [minor = 0, major = 0] = header.subarray(PACKAGE_OFFSET);
  const { aid } = readAid(header, PACKAGE_OFFSET + 2);
  return { packageAid: aid, packageVersion: { major, minor } };
}

/** A count, then for each applet its AID and the offset of its install method. */
function parseApplets(content: Uint8Array): readonly Uint8Array[] {
  const aids: Uint8Array[] = [];
  let offset = 1;
  for (let left = content[0] ?? 0; left > 0; left--) {
    const { aid, end } = readAid(content, offset);
    aids.push(aid);
    offset = end + 2;
  }
  if (offset !== content.length) throw new MalformedError(PLACE, 'its Applet has another length');
  return aids;
}

function readAid(
  bytes: Uint8Array,
  offset: number,
): { readonly aid: Uint8Array; readonly end: number } {
  const length = bytes[offset] ?? 0;
  const end = offset + 1 + length;
  if (length < MIN_AID_BYTES || length > MAX_AID_BYTES || end > bytes.length) {
    throw new MalformedError(PLACE, `an AID of ${length} bytes`, offset);
  }
  return { aid: bytes.slice(offset + 1, end), end };
}
