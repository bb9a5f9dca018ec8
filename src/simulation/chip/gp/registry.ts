import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { APPLICATION_STATE } from '../../../standards/gp/life-cycle-states';
import { encodeTlv, parseTlvs } from '../../../standards/tlv/tlv';
import { EMRTD_AID } from '../emrtd/file-commands';
import type { NvMemory } from '../nv-memory';

const FILE_PREFIX = 'load-file.';
const ROM = 'rom-withheld';
const APPLICATION = 'application-state';
const SOURCE = 'application-source';
const MODULE = 0x84;
const NOT_THERE = 0x00;

/** A package on the chip. */
export interface LoadFile {
  readonly aid: Uint8Array;
  /** AIDs of what can be installed from it. */
  readonly modules: readonly Uint8Array[];
  /** It came with the chip and cannot be deleted. */
  readonly inRom: boolean;
}

const ROM_FILE: LoadFile = {
  aid: decodeHex('A00000024710'),
  modules: [EMRTD_AID],
  inRom: true,
};

export function listLoadFiles(memory: NvMemory): readonly LoadFile[] {
  const loaded = [...memory.values()].flatMap(([name, value]): LoadFile[] => {
    if (!name.startsWith(FILE_PREFIX)) return [];
    const modules = parseTlvs(value, 'load file').map((module) => module.value);
    return [{ aid: decodeHex(name.slice(FILE_PREFIX.length)), modules, inRom: false }];
  });
  return memory.value(ROM) === undefined ? [ROM_FILE, ...loaded] : loaded;
}

export function findLoadFile(memory: NvMemory, aid: Uint8Array): LoadFile | undefined {
  return listLoadFiles(memory).find((file) => equalBytes(file.aid, aid));
}

export function storeLoadFile(
  memory: NvMemory,
  { aid, modules }: Pick<LoadFile, 'aid' | 'modules'>,
): void {
  const value = concatBytes(...modules.map((module) => encodeTlv(MODULE, module)));
  memory.put({ [`${FILE_PREFIX}${encodeHex(aid)}`]: value });
}

/**
 * State of the eMRTD application, the one that this chip can run: it has no interpreter for the code
 * of what is loaded. Undefined where it is not installed. */
export function readApplicationState(memory: NvMemory): number | undefined {
  const state = memory.value(APPLICATION)?.[0] ?? APPLICATION_STATE.SELECTABLE;
  return state === NOT_THERE ? undefined : state;
}

/** AID of the load file that the application was installed from. */
export function readApplicationSource(memory: NvMemory): Uint8Array {
  return memory.value(SOURCE) ?? ROM_FILE.aid;
}

export function installApplication(memory: NvMemory, source: Uint8Array, state: number): void {
  memory.put({ [APPLICATION]: Uint8Array.of(state), [SOURCE]: source });
}

export function setApplicationState(memory: NvMemory, state: number): void {
  memory.put({ [APPLICATION]: Uint8Array.of(state) });
}

/** Takes the application away with everything that it kept, and with it a load file if named. */
export function deleteApplication(memory: NvMemory, loadFile?: LoadFile): void {
  memory.change({
    remove: [
      ...[...memory.values().keys()].filter((name) => !belongsToDomain(name)),
      ...(loadFile === undefined ? [] : [`${FILE_PREFIX}${encodeHex(loadFile.aid)}`]),
    ],
    removeFiles: [...memory.files().keys()],
    put: { [APPLICATION]: Uint8Array.of(NOT_THERE) },
  });
}

export function deleteLoadFile(memory: NvMemory, { aid }: LoadFile): void {
  memory.remove(`${FILE_PREFIX}${encodeHex(aid)}`);
}

/** A chip that is delivered without the application, and without its package in ROM. */
export function withholdApplication(memory: NvMemory): void {
  memory.put({ [ROM]: Uint8Array.of(1), [APPLICATION]: Uint8Array.of(NOT_THERE) });
}

/** Names of values that outlive the application: keys, counters, the card's own state. */
const DOMAIN_VALUES = [
  'key-set.',
  'delivery-set.',
  'key-counter.',
  'channel-failures',
  'protocol-parameters',
  'card-state',
  ROM,
  FILE_PREFIX,
];

function belongsToDomain(name: string): boolean {
  return DOMAIN_VALUES.some((known) => name.startsWith(known));
}
