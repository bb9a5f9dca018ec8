import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { LineStore } from '../../production/document/line-store';
import type { CommandContext } from '../command-context';
import { makePersolineHome, persolineHome } from '../home';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { initTrialKeys, openKeys, type OpenKeys } from '../wiring/keys';
import { openStore, type StorePlace } from '../wiring/store';

export interface StoreOptions extends KeyPlaceOptions {
  readonly keys?: string;
}

export function addStoreOptions(command: Command): Command {
  return addKeyOptions(command, 'key directory whose storage key seals holder data');
}

export function addKeyOptions(command: Command, what = 'key directory'): Command {
  return addKeyPlaceOptions(command.option('--keys <dir>', `${what}; PERSOLINE_KEYS by default`));
}

/** The database that the environment names, or the embedded one below the home. */
export function storePlace(): StorePlace {
  const { DATABASE_URL: databaseUrl } = process.env;
  if (databaseUrl !== undefined && databaseUrl !== '') return { databaseUrl };
  return { dataDirectory: join(persolineHome(), 'database') };
}

/**
 * The keys that are named. Where none are, those of the embedded defaults, made on first use: they
 * are trial keys and say so in their certificates.
 */
export async function openNamedKeys(
  { terminal }: CommandContext,
  options: StoreOptions,
): Promise<OpenKeys> {
  const named = options.keys ?? process.env['PERSOLINE_KEYS'];
  const directory = named ?? join(persolineHome(), 'keys');
  if (named === undefined && !existsSync(directory)) {
    await makePersolineHome();
    await initTrialKeys({ directory }, { country: 'UT', state: 'UTO' });
    terminal.note(`made trial keys of Utopia in ${directory}`);
  }
  return openKeys({ directory, ...readKeyPlace(options) });
}

/** Does something with the line's memory, and closes it whatever happens. */
export async function withStore<T>(
  context: CommandContext,
  options: StoreOptions,
  work: (store: LineStore) => Promise<T>,
): Promise<T> {
  const { hsm, keys } = await openNamedKeys(context, options);
  try {
    const opened = await openStore(storePlace(), { hsm, label: keys.storageKeyLabel });
    try {
      return await work(opened.store);
    } finally {
      await opened.close();
    }
  } finally {
    await hsm.close();
  }
}
