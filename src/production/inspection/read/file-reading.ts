import { AccessError } from '../../../standards/access/access-error';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { readFile } from '../../../standards/access/terminal/read-file';
import type { ChipChannel } from '../../../standards/access/terminal/secure-channel';
import { describeSw, SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { dataGroupNumber, LDS_FILE_NAMES, type LdsFileName } from '../../document/lds-files';
import type { UnreadFile } from '../chip-facts';
import { readContents } from '../lds-contents';
import { attempt, valueOf } from '../parsed';
import { readSod } from '../sod-reading';
import { text } from '../texts/text';
import type { BlockSizes } from './block-sizes';
import type { OpenChip } from './opening';
import type { StepLog } from './step-log';

/** A chip that loses its session again and again is not asked for ever. */
const MAX_REOPENINGS = 6;
/** Filled up with zeros to this length [9303-11 §K.2]. */
const EF_CVCA_BYTES = 36;
const PROTECTED: readonly LdsFileName[] = ['EF.DG3', 'EF.DG4'];

export interface FileReadingRequest {
  readonly chip: OpenChip;
  readonly log: StepLog;
  readonly reopen: () => Promise<OpenChip>;
  /** Where the chip takes extended length. */
  readonly blockSizes: BlockSizes | undefined;
}

/** Reads file after file of an open chip, and opens it anew where a refusal ended the session. */
export class FileReading {
  readonly #files = new Map<string, Uint8Array>();
  readonly #unread = new Map<string, UnreadFile>();
  readonly #log: StepLog;
  readonly #reopen: () => Promise<OpenChip>;
  #chip: OpenChip;
  #blockSizes: BlockSizes | undefined;
  #sessionLost = false;
  #reopenings = 0;

  constructor({ chip, log, reopen, blockSizes }: FileReadingRequest) {
    this.#chip = chip;
    this.#log = log;
    this.#reopen = reopen;
    this.#blockSizes = blockSizes;
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
    for (const name of this.missingProtected()) await this.readProtectedFile(name);
  }

  /** Of DG3 and DG4 those that are listed and were not read yet. */
  missingProtected(): readonly LdsFileName[] {
    return this.#listed().filter((name) => PROTECTED.includes(name) && !this.#files.has(name));
  }

  readProtectedFile(name: LdsFileName): Promise<void> {
    return this.#read(name, { index: 1, count: 1 });
  }

  /** Says that a protected file stayed closed although the terminal showed its certificates. */
  explainNotGranted(file: LdsFileName): void {
    if (this.#unread.get(file)?.why !== 'needs-ta') return;
    this.#unread.set(file, { why: 'needs-ta', reason: text('unread.not-granted', { file }) });
  }

  /**
   * EF.CVCA, where the chip has it; it is no fault where it has not.
   *
   * @param fid where EF.DG14 says another than the usual one
   */
  async readTrustPoints(fid: number = LDS_FILE_TABLE['EF.CVCA'].fid): Promise<void> {
    const channel = await this.openChannel();
    await this.#log.run('EF.CVCA', async () => {
      try {
        const bytes = await readFile(channel, fid, { fixedBytes: EF_CVCA_BYTES });
        // In the application the same identifier can also be EF.CardAccess, which begins otherwise.
        if (bytes[0] === LDS_FILE_TABLE['EF.CVCA'].tag) this.#files.set('EF.CVCA', bytes);
      } catch (error) {
        this.#explain('EF.CVCA', error);
      }
    });
  }

  /** The open chip with a session on it, opened anew where that was lost. */
  async openSession(): Promise<OpenChip> {
    if (this.#sessionLost && this.#reopenings < MAX_REOPENINGS) {
      this.#reopenings++;
      this.#chip = await this.#reopen();
      this.#sessionLost = false;
    }
    return this.#chip;
  }

  async openChannel(): Promise<ChipChannel> {
    return (await this.openSession()).channel;
  }

  /** Says that an error outside this class ended the session. */
  loseSession(): void {
    this.#sessionLost = true;
  }

  get sessionLost(): boolean {
    return this.#sessionLost;
  }

  /** Data bytes that one command may carry, where the chip takes more than a short one holds. */
  get commandBytes(): number | undefined {
    return this.#blockSizes?.commandBytes;
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
    this.#log.report({ kind: 'file', file, ...place });
    await this.#log.run(file, async () => {
      try {
        this.#files.set(file, await this.#readBytes(LDS_FILE_TABLE[file].fid));
        this.#unread.delete(file);
      } catch (error) {
        this.#unread.set(file, this.#explain(file, error));
      }
    });
  }

  /** In the largest blocks; in short ones from the moment that the chip shows it cannot do more. */
  async #readBytes(fid: number): Promise<Uint8Array> {
    const channel = await this.openChannel();
    if (this.#blockSizes === undefined) return readFile(channel, fid);
    try {
      return await readFile(channel, fid, { blockBytes: this.#blockSizes.answerBytes });
    } catch (error) {
      if (!isLengthRefusal(error)) throw error;
      if (error instanceof SecureMessagingError) this.loseSession();
      this.#blockSizes = undefined;
      return readFile(await this.openChannel(), fid);
    }
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

/** 6700 and 6Cxx: what was asked for is too long for the chip, whatever EF.ATR/INFO says. */
function isLengthRefusal(error: unknown): boolean {
  const sw =
    error instanceof SecureMessagingError
      ? error.receivedSw
      : error instanceof AccessError
        ? error.sw
        : undefined;
  return sw === SW.wrongLength || (sw ?? 0) >> 8 === SW.wrongLe >> 8;
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
