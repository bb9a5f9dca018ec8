import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProductionError } from '../../production/errors';

/**
 * PostgreSQL refuses to run as root. As an ordinary user it runs as that user; as root it runs as
 * `postgres`, and where the system has no such user one is made.
 */
export interface ClusterAccount {
  /** Name of the operating-system user that owns the data. */
  readonly name: string;
  /** Absent where the program's own user is taken. */
  readonly ids?: { readonly uid: number; readonly gid: number };
}

const run = promisify(execFile);
const ACCOUNT = 'postgres';

/** @throws ProductionError `DATABASE_UNAVAILABLE` when root cannot find or make the user. */
export async function findClusterAccount(ownName: string): Promise<ClusterAccount> {
  if (process.getuid?.() !== 0) return { name: ownName };
  const found = await findIds();
  if (found !== undefined) return { name: ACCOUNT, ids: found };
  await run('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT]).catch(
    () => undefined,
  );
  const made = await findIds();
  if (made !== undefined) return { name: ACCOUNT, ids: made };
  throw new ProductionError('DATABASE_UNAVAILABLE', 'embedded database', [
    'PostgreSQL does not run as root, and no user postgres could be made',
  ]);
}

/** True when the account may enter or execute what stands there, parents included. */
export async function mayEnter(account: ClusterAccount, path: string): Promise<boolean> {
  try {
    await run('/usr/bin/test', ['-x', path], { ...account.ids });
    return true;
  } catch {
    return false;
  }
}

async function findIds(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', ACCOUNT]), run('id', ['-g', ACCOUNT])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
