import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProductionError } from '../../production/errors';
import { mayEnter, type ClusterAccount } from './cluster-account';

const run = promisify(execFile);

/** Role in the database; both the program's user and the server's own may log in as it. */
export const CLUSTER_ROLE = 'persoline';

/**
 * Makes a data directory where there is none, and writes who may log in.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE` when the account cannot work there.
 */
export async function prepareDataDirectory(request: {
  readonly binDirectory: string;
  readonly dataDirectory: string;
  readonly account: ClusterAccount;
  /** False for data that nobody keeps: it is not synced to disk. */
  readonly durable: boolean;
}): Promise<void> {
  const { dataDirectory, account } = request;
  const fail = (...reasons: string[]) =>
    new ProductionError('DATABASE_UNAVAILABLE', `database in ${dataDirectory}`, reasons);
  const isNew =
    (await stat(join(dataDirectory, 'PG_VERSION')).catch(() => undefined)) === undefined;
  if (isNew) {
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 }).catch(() => {
      throw fail('the folder cannot be made');
    });
    await give(dataDirectory, account);
  }
  if (!(await mayEnter(account, dataDirectory))) {
    throw fail(`the user ${account.name} may not enter the folder or one above it`);
  }
  if (isNew) {
    const sync = request.durable ? [] : ['--no-sync'];
    await run(
      join(request.binDirectory, 'initdb'),
      [
        '-D',
        dataDirectory,
        '-U',
        CLUSTER_ROLE,
        '--auth=reject',
        '-E',
        'UTF8',
        '--locale=C',
        ...sync,
      ],
      { ...account.ids, cwd: '/' },
    ).catch((error: unknown) => {
      const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
      throw fail('a new database could not be made', said.split('\n').at(-1) ?? '');
    });
  }
  await writeAccess(dataDirectory, account);
}

/** Only these users get in, without a password, and only over the socket. */
async function writeAccess(dataDirectory: string, account: ClusterAccount): Promise<void> {
  const users = [...new Set([userInfo().username, account.name])];
  const files = {
    'pg_hba.conf': 'local all all peer map=owner\n',
    'pg_ident.conf': users.map((user) => `owner "${user}" ${CLUSTER_ROLE}\n`).join(''),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(dataDirectory, name);
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    await writeFile(path, text, { mode: 0o600 });
    await give(path, account);
  }
}

async function give(path: string, account: ClusterAccount): Promise<void> {
  if (account.ids !== undefined) await chown(path, account.ids.uid, account.ids.gid);
}
