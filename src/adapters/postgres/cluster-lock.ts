import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` of a data directory says while a server holds it. */
export interface HeldLock {
  /** 0 while the file is being written. */
  readonly pid: number;
  /** True once connections are taken, false while the server starts or stops. */
  readonly ready: boolean;
  readonly socketDirectory: string;
}

/** The lock as the file says it; undefined when there is no file. */
export async function readClusterLock(dataDirectory: string): Promise<HeldLock | undefined> {
  const text = await readFile(lockPath(dataDirectory), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  return {
    pid: Number.isInteger(pid) && pid > 0 ? pid : 0,
    socketDirectory: lines[4] ?? '',
    ready: lines[7] === 'ready',
  };
}

/**
 * Removes a lock that nobody holds: after a power failure the process number in it may belong to
 * any program.
 */
export async function removeStaleLock(dataDirectory: string): Promise<void> {
  const lock = await readClusterLock(dataDirectory);
  if (lock === undefined || (await isPostgres(lock.pid))) return;
  const path = lockPath(dataDirectory);
  const writtenAt = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
  // A server that is just starting makes the file first and fills it a moment later.
  if (lock.pid === 0 && Date.now() - writtenAt < 2_000) return;
  await rm(path, { force: true });
}

function lockPath(dataDirectory: string): string {
  return join(dataDirectory, 'postmaster.pid');
}

async function isPostgres(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return /(^|\/)postgres$/.test(commandLine.split('\0')[0] ?? '');
}
