import { open, readFile } from 'node:fs/promises';
import { ProductionError } from '../../production/errors';

/**
 * Lines in a file, each on the disk before anything follows from it. A line that a crash cut off
 * is no line: it is overwritten by the next.
 */
export class LineJournal<Entry> {
  constructor(private readonly path: string) {}

  /** @throws ProductionError `INPUT_MALFORMED` when a whole line cannot be read. */
  async read(): Promise<readonly Entry[]> {
    return (await this.wholeLines()).map((line, index) => {
      try {
        return JSON.parse(line) as Entry;
      } catch (cause) {
        const place = `${this.path}:${index + 1}`;
        throw new ProductionError('INPUT_MALFORMED', place, ['it is not JSON'], { cause });
      }
    });
  }

  /** @throws ProductionError `OUTPUT_UNWRITABLE`. */
  async append(entry: Entry): Promise<void> {
    const lines = await this.wholeLines();
    const end = Buffer.byteLength(lines.map((line) => `${line}\n`).join(''));
    try {
      const file = await open(this.path, lines.length === 0 ? 'w' : 'r+', 0o600);
      try {
        await file.truncate(end);
        await file.write(`${JSON.stringify(entry)}\n`, end);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw new ProductionError('OUTPUT_UNWRITABLE', this.path, [], { cause });
    }
  }

  private async wholeLines(): Promise<readonly string[]> {
    const text = await readFile(this.path, 'utf8').catch((cause: unknown) => {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new ProductionError('INPUT_UNREADABLE', this.path, [], { cause });
    });
    return text.split('\n').slice(0, -1);
  }
}
