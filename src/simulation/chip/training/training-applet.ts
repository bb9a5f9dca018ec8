import type { CommandApdu } from '../../../standards/apdu/command';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { decodeHex } from '../../../standards/bytes/hex';
import { decodeUint } from '../../../standards/bytes/integer';
import { MalformedError } from '../../../standards/bytes/malformed';
import { findTlv, parseTlvs, requireTlv } from '../../../standards/tlv/tlv';
import type { Application } from '../application';
import type { NvMemory } from '../nv-memory';
import { refuse, StatusWordError } from '../status-word-error';

const NO_DATA = new Uint8Array();
const MAX_FILE_BYTES = 24_576;
const FOLDER = 0x38;
const ELEMENTARY_FILE = 0x01;
/** File identifier exists already [ISO 7816-4 §5.6]. */
const FILE_EXISTS = 0x6a89;

/**
 * The training applet: files made by `83 fid 82 descriptor 80 size`, the new one selected at once,
 * everything readable and nothing ever locked.
 */
export class TrainingApplet implements Application {
  readonly aid = decodeHex('A0000002471001');
  readonly extendedLength = false;
  #selected: number | undefined;

  constructor(private readonly memory: NvMemory) {}

  reset(): void {
    this.#selected = undefined;
  }

  holdsSession(): boolean {
    return false;
  }

  deselect(): void {
    this.reset();
  }

  select(): ResponseApdu {
    this.reset();
    return { data: NO_DATA, sw: SW.ok };
  }

  process(command: CommandApdu): ResponseApdu {
    try {
      return { data: this.#run(command), sw: SW.ok };
    } catch (error) {
      if (error instanceof StatusWordError) return { data: NO_DATA, sw: error.sw };
      if (error instanceof MalformedError) return { data: NO_DATA, sw: SW.wrongData };
      throw error;
    }
  }

  #run({ ins, p1, p2, data = NO_DATA, le }: CommandApdu): Uint8Array {
    const offset = p1 * 0x100 + p2;
    if (ins === 0xe0) return this.#create(data);
    if (ins === 0xa4) return this.#selectFile(data);
    if (ins === 0xd6) return this.#update(offset, data);
    if (ins === 0xb0) return this.#read(offset, le ?? 0);
    return refuse(SW.instructionNotSupported);
  }

  #create(data: Uint8Array): Uint8Array {
    const parts = parseTlvs(data, 'CREATE');
    const fid = decodeUint(requireTlv(parts, 0x83, 'CREATE'));
    const [descriptor] = requireTlv(parts, 0x82, 'CREATE');
    if (descriptor === FOLDER) return NO_DATA;
    const size = findTlv(parts, 0x80);
    if (descriptor !== ELEMENTARY_FILE || size === undefined) return refuse(SW.wrongData);
    const sizeBytes = decodeUint(size);
    if (sizeBytes > MAX_FILE_BYTES) refuse(SW.notEnoughMemory);
    if (this.memory.file(fid) !== undefined) refuse(FILE_EXISTS);
    this.memory.setFile(fid, { sizeBytes, content: new Uint8Array(sizeBytes) });
    this.#selected = fid;
    return NO_DATA;
  }

  #selectFile(data: Uint8Array): Uint8Array {
    if (data.length !== 2) refuse(SW.wrongLength);
    const fid = decodeUint(data);
    if (this.memory.file(fid) === undefined) refuse(SW.fileNotFound);
    this.#selected = fid;
    return NO_DATA;
  }

  #update(offset: number, data: Uint8Array): Uint8Array {
    const { fid, file } = this.#current();
    if (offset + data.length > file.sizeBytes) refuse(SW.notEnoughMemory);
    this.memory.writeFile(fid, offset, data);
    return NO_DATA;
  }

  #read(offset: number, le: number): Uint8Array {
    const { file } = this.#current();
    if (offset >= file.sizeBytes) refuse(SW.wrongOffset);
    return file.content.slice(offset, Math.min(file.sizeBytes, offset + le));
  }

  #current() {
    const fid = this.#selected ?? refuse(SW.commandNotAllowed);
    return { fid, file: this.memory.file(fid) ?? refuse(SW.fileNotFound) };
  }
}
