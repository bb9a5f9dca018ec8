import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import { parseSealedRsaKey, encodeSealedRsaKey } from './sealed-rsa-key';
import type { RsaKey, RsaKeyStock } from './rsa-key-stock';

export interface SealedKeyStockPlace {
  /** A folder of its own; several programs may share it. */
  readonly directory: string;
  readonly hsm: Pick<Hsm, 'seal' | 'open'>;
  /** Label of the `storage-wrap` key. */
  readonly label: string;
}

/**
 * Keys that outlive the program: one file a key, sealed by the HSM. Who takes a key first gives its
 * file another name, which one program alone can do, and has the disk say so before the key is used:
 * after a crash a key is used by nobody rather than twice.
 */
export class SealedKeyStock implements RsaKeyStock {
  private constructor(private readonly place: SealedKeyStockPlace) {}

  /** @throws ProductionError `OUTPUT_UNWRITABLE` */
  static async open(place: SealedKeyStockPlace): Promise<SealedKeyStock> {
    await atPlace(place.directory, async () => {
      await mkdir(place.directory, { recursive: true, mode: 0o700 });
      // Somebody was stopped while writing or taking these; they are nobody's any more.
      for (const name of await readdir(place.directory)) {
        if (/\.(new|taken)$/.test(name)) await rm(join(place.directory, name), { force: true });
      }
    });
    return new SealedKeyStock(place);
  }

  async put(modulusBits: number, key: RsaKey): Promise<void> {
    const { directory, hsm, label } = this.place;
    const id = randomUUID();
    const plain = encodeSealedRsaKey(key);
    const sealed = await hsm.seal(label, plain, contextOf(modulusBits, id));
    plain.fill(0);
    await atPlace(directory, async () => {
      const path = join(directory, `${prefixOf(modulusBits)}${id}`);
      await writeFile(`${path}.new`, sealed, { mode: 0o600, flush: true });
      await rename(`${path}.new`, `${path}.key`);
    });
  }

  async take(modulusBits: number): Promise<RsaKey | undefined> {
    for (const id of await this.#list(modulusBits)) {
      const sealed = await this.#claim(modulusBits, id);
      if (sealed === undefined) continue;
      const key = await this.#unseal(modulusBits, id, sealed);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  async count(modulusBits: number): Promise<number> {
    return (await this.#list(modulusBits)).length;
  }

  close(): void {
    // What waits in the folder waits on.
  }

  async #list(modulusBits: number): Promise<readonly string[]> {
    const prefix = prefixOf(modulusBits);
    const names = await atPlace(this.place.directory, () => readdir(this.place.directory));
    return names
      .filter((name) => name.startsWith(prefix) && name.endsWith('.key'))
      .map((name) => name.slice(prefix.length, -'.key'.length))
      .toSorted();
  }

  /** The sealed key, for this program alone; undefined when another was faster. */
  #claim(modulusBits: number, id: string): Promise<Uint8Array | undefined> {
    const { directory } = this.place;
    const path = join(directory, `${prefixOf(modulusBits)}${id}`);
    return atPlace(directory, async () => {
      try {
        await rename(`${path}.key`, `${path}.taken`);
        await syncFolder(directory);
        return await readFile(`${path}.taken`);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });
  }

  /** Undefined for what the HSM does not open or what is no key: it is set aside, unread. */
  async #unseal(modulusBits: number, id: string, sealed: Uint8Array): Promise<RsaKey | undefined> {
    const { directory, hsm, label } = this.place;
    const path = join(directory, `${prefixOf(modulusBits)}${id}`);
    try {
      const plain = await hsm.open(label, sealed, contextOf(modulusBits, id));
      const key = parseSealedRsaKey(plain, modulusBits);
      plain.fill(0);
      await atPlace(directory, () => rm(`${path}.taken`, { force: true }));
      return key;
    } catch (error) {
      const isBroken = error instanceof ProductionError && error.code === 'INPUT_MALFORMED';
      // With the HSM away the key stays good: nobody has seen it.
      const name = isBroken ? 'refused' : 'key';
      await atPlace(directory, () => rename(`${path}.taken`, `${path}.${name}`));
      if (isBroken) return undefined;
      throw error;
    }
  }
}

function prefixOf(modulusBits: number): string {
  return `rsa-${modulusBits}.`;
}

function contextOf(modulusBits: number, id: string): string {
  return `chip-key ${prefixOf(modulusBits)}${id}`;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function atPlace<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ProductionError) throw cause;
    throw new ProductionError('OUTPUT_UNWRITABLE', directory, ['the stock of chip keys'], {
      cause,
    });
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
