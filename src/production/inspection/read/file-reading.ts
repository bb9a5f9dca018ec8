import { AccessError } from '../../../standards/access/access-error';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { readFile } from '../../../standards/access/terminal/read-file';
import type { SecureChannel } from '../../../standards/access/terminal/secure-channel';
import { describeSw, SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { dataGroupNumber, LDS_FILE_NAMES, type LdsFileName } from '../../document/lds-files';
import type { UnreadFile } from '../chip-facts';
import { readContents } from '../lds-contents';
import { attempt, valueOf } from '../parsed';
import { readSod } from '../sod-reading';
import { text } from '../texts/text';
import type { OpenChip } from './open-chip';
import type { StepLog } from './step-log';

/** A chip that loses its session again and again is not asked for ever. */
const MAX_REOPENINGS = 4;
const PROTECTED: readonly LdsFileName[] = ['EF.DG3', 'EF.DG4'];

/** Reads file after file of an open chip, and opens it anew where a refusal ended the session. */
export class FileReading {
  readonly #files = new Map<string, Uint8Array>();
  readonly #unread = new Map<string, UnreadFile>();
  #channel: SecureChannel;
  #sessionLost = false;
  #reopenings = 0;

  constructor(
    chip: OpenChip,
    private readonly log: StepLog,
    private readonly reopen: () => Promise<OpenChip>,
  ) {
    this.#channel = chip.channel;
    for (const [name, bytes] of chip.masterFiles) this.#files.set(name, bytes);
  }

  /** In the order of the LDS, whatever order they were read in. */
  get files(): ReadonlyMap<string, Uint8Array> {
    return new Map(
      LDS_FILE_NAMES.flatMap((name): [string, Uint8Array][] => {
        const bytes = this.#files.get(name);
        return bytes === undefined ? [] : [[name, bytes]];
      }),
    );
  }

  get unread(): ReadonlyMap<string, UnreadFile> {
    return this.#unread;
  }

  /** EF.COM, EF.SOD, and every data group that one of them lists, but DG3 and DG4. */
  async readListed(): Promise<void> {
    await this.#read('EF.COM', { index: 1, count: 2 });
    await this.#read('EF.SOD', { index: 2, count: 2 });
    const groups = this.#listed().filter((name) => !PROTECTED.includes(name));
    for (const [index, name] of groups.entries()) {
      await this.#read(name, { index: index + 3, count: groups.length + 2 });
    }
  }

  /** DG3 and DG4 where they are listed: most chips refuse them, some give them. */
  async readProtected(): Promise<void> {
    for (const name of this.#listed().filter((listed) => PROTECTED.includes(listed))) {
      await this.#read(name, { index: 1, count: 1 });
    }
  }

  /** The channel with a session on it, opened anew where it was lost. */
  async openChannel(): Promise<SecureChannel> {
    if (this.#sessionLost && this.#reopenings < MAX_REOPENINGS) {
      this.#reopenings++;
      this.#channel = (await this.reopen()).channel;
      this.#sessionLost = false;
    }
    return this.#channel;
  }

  /** Says that an error outside this class ended the session. */
  loseSession(): void {
    this.#sessionLost = true;
  }

  #listed(): readonly LdsFileName[] {
    const com = valueOf(readContents(this.#files)['EF.COM']);
    const sodFile = this.#files.get('EF.SOD');
    const sod = sodFile && valueOf(attempt(() => readSod(sodFile, [])));
    const object = sod && valueOf(sod.securityObject);
    const numbers = new Set([...(com?.dataGroups ?? []), ...(object?.hashes.keys() ?? [])]);
    return LDS_FILE_NAMES.filter((name) => numbers.has(dataGroupNumber(name) ?? 0));
  }

  async #read(
    file: LdsFileName,
    place: { readonly index: number; readonly count: number },
  ): Promise<void> {
    this.log.report({ kind: 'file', file, ...place });
    await this.log.run(file, async () => {
      try {
        const channel = await this.openChannel();
        this.#files.set(file, await readFile(channel, LDS_FILE_TABLE[file].fid));
      } catch (error) {
        this.#unread.set(file, this.#explain(file, error));
      }
    });
  }

  #explain(file: LdsFileName, error: unknown): UnreadFile {
    if (error instanceof SecureMessagingError) {
      this.loseSession();
      if (error.receivedSw !== undefined && error.receivedSw !== SW.ok) {
        return refusal(file, error.receivedSw);
      }
      return broken(file, error.message);
    }
    if (error instanceof AccessError) {
      return error.sw === undefined ? broken(file, error.message) : refusal(file, error.sw);
    }
    if (error instanceof MalformedError) return broken(file, error.message);
    throw error;
  }
}

function refusal(file: LdsFileName, sw: number): UnreadFile {
  if (sw === SW.fileNotFound) return { why: 'absent', reason: text('unread.absent', { file }) };
  const isClosed = sw === SW.securityStatusNotSatisfied && PROTECTED.includes(file);
  return isClosed
    ? { why: 'needs-ta', reason: text('unread.needs-ta', { file }) }
    : { why: 'refused', reason: text('unread.refused', { file, status: describeSw(sw) }) };
}

function broken(file: LdsFileName, detail: string): UnreadFile {
  return { why: 'broken', reason: text('unread.broken', { file, detail }) };
}
