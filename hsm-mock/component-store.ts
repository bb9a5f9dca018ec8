import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../src/production/errors';
import { isFileError, writeNewFile } from './durable-file';
import { openBox, sealBox } from './sealed-box';

const GROUP = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;

/** Key components that wait for the others, a sealed file each. */
export class ComponentStore {
  constructor(
    private readonly folder: string,
    private readonly masterKey: Uint8Array,
  ) {}

  /** @throws ProductionError `HSM_WRONG_USE` when there is one of this number. */
  async add(group: string, number: number, component: Uint8Array): Promise<void> {
    const sealed = sealBox(this.masterKey, component, contextOf(group, number));
    if (await writeNewFile(this.path(group, number), sealed)) return;
    throw new ProductionError('HSM_WRONG_USE', `component ${number}`, ['it is there already']);
  }

  async list(group: string): Promise<readonly number[]> {
    const pattern = new RegExp(`^${checkGroup(group)}\\.(\\d+)\\.component$`);
    const names = await readdir(this.folder);
    return names
      .flatMap((name) => pattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((one, two) => one - two);
  }

  /** @throws ProductionError `HSM_KEY_MISSING` when there is none of this number. */
  async read(group: string, number: number): Promise<Uint8Array> {
    try {
      const sealed = await readFile(this.path(group, number));
      const component = openBox(this.masterKey, sealed, contextOf(group, number));
      if (component !== undefined) return component;
    } catch (error) {
      if (!isFileError(error, 'ENOENT')) throw error;
      throw new ProductionError('HSM_KEY_MISSING', `component ${number}`, ['it is not there']);
    }
    throw new ProductionError('HSM_FAILED', `component ${number}`, ['its file is damaged']);
  }

  async remove(group: string, number: number): Promise<void> {
    await rm(this.path(group, number), { force: true });
  }

  private path(group: string, number: number): string {
    return join(this.folder, `${checkGroup(group)}.${number}.component`);
  }
}

function checkGroup(group: string): string {
  if (GROUP.test(group)) return group;
  throw new ProductionError('HSM_WRONG_USE', 'key component', ['its import has no such name']);
}

function contextOf(group: string, number: number): string {
  return `component ${number} of ${group}`;
}
