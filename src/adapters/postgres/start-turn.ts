import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProductionError } from '../../production/errors';

const TIMEOUT_MS = 120_000;
const POLL_MS = 25;

/**
 * Runs `start` while no other program makes or starts the same data directory: of two that find
 * it empty, the second waits and then joins the first one's server. The turn is a file with the
 * number of the process; one whose process is gone is taken over.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE` when the turn never comes.
 */
export async function takeStartTurn<Result>(
  dataDirectory: string,
  start: () => Promise<Result>,
): Promise<Result> {
  const file = `${dataDirectory}.starting`;
  const fail = (reason: string) =>
    new ProductionError('DATABASE_UNAVAILABLE', `database in ${dataDirectory}`, [reason]);
  await mkdir(dirname(file), { recursive: true }).catch(() => {
    throw fail('the folder cannot be made');
  });
  for (let waitedMs = 0; !(await takeFile(file, fail)); waitedMs += POLL_MS) {
    if (waitedMs >= TIMEOUT_MS) throw fail('another program has been starting it for too long');
    await sleep(POLL_MS);
  }
  try {
    return await start();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeFile(file: string, fail: (reason: string) => Error): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    const exists = typeof error === 'object' && error !== null && 'code' in error;
    if (!exists || error.code !== 'EEXIST') throw fail('the folder above it cannot be written');
  }
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  // Empty for the moment between making and filling it.
  if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
