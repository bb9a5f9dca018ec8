import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProductionError } from '../../production/errors';
import { findClusterAccount, type ClusterAccount } from './cluster-account';
import { CLUSTER_ROLE, prepareDataDirectory } from './cluster-directory';
import { guardServer } from './cluster-guard';
import { readClusterLock, removeStaleLock, type HeldLock } from './cluster-lock';
import { takeStartTurn } from './start-turn';

/** A PostgreSQL server of our own that lives no longer than this program. */
export interface Cluster {
  /** Over a Unix socket, without a password, open to this user only. */
  readonly connectionString: string;
  /** Process of the server; another program's child where that one serves the same directory. */
  readonly pid: number;
  /** Ends the server where this program started it, and removes a temporary directory. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Folder of the programs `initdb` and `postgres`. */
  readonly binDirectory: string;
  /** Kept between starts; without one a temporary directory is made, and removed at the end. */
  readonly dataDirectory?: string;
}

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 15;

/**
 * Starts the server, after making its data directory where there is none. Where another program
 * of the same user serves that directory already, it joins the server that runs.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE` with what the server said.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = await findClusterAccount(userInfo().username);
  const temporary =
    options.dataDirectory === undefined ? await makeFolder('persoline-db-', account) : undefined;
  const dataDirectory = resolve(options.dataDirectory ?? join(temporary ?? '', 'data'));
  const { binDirectory } = options;
  try {
    return await takeStartTurn(dataDirectory, async () => {
      const running = await findRunning(dataDirectory);
      if (running !== undefined) return joined(running);
      const durable = temporary === undefined;
      await prepareDataDirectory({ binDirectory, dataDirectory, account, durable });
      return launch({ binDirectory, dataDirectory, account, temporary });
    });
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

function joined(lock: HeldLock): Cluster {
  return {
    connectionString: addressOf(lock.socketDirectory),
    pid: lock.pid,
    stop: () => Promise.resolve(),
  };
}

/** The server of another program, after waiting while it comes up or goes down. */
async function findRunning(dataDirectory: string): Promise<HeldLock | undefined> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    await removeStaleLock(dataDirectory);
    const lock = await readClusterLock(dataDirectory);
    if (lock === undefined || lock.ready) return lock;
    await sleep(POLL_MS);
  }
  throw unavailable(dataDirectory, 'another server holds it and takes no connections');
}

async function launch(place: {
  readonly binDirectory: string;
  readonly dataDirectory: string;
  readonly account: ClusterAccount;
  readonly temporary: string | undefined;
}): Promise<Cluster> {
  const { dataDirectory, account, temporary } = place;
  const socketDirectory = await makeFolder('persoline-pg-', account);
  const settings = serverSettings(socketDirectory, temporary === undefined);
  const server = spawn(join(place.binDirectory, 'postgres'), ['-D', dataDirectory, ...settings], {
    ...account.ids,
    cwd: '/',
    // A session of its own: Ctrl-C in the terminal is for the program, which then ends the server.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = lastLineOf(server.stderr);
  const ended = new Promise<void>((done) => server.once('exit', done).once('error', done));
  const folders = [socketDirectory, ...(temporary === undefined ? [] : [temporary])];
  const guard = guardServer(server, folders);
  const stop = async (): Promise<void> => {
    // The server keeps no program alive, but who stops it waits for its end.
    server.ref();
    if (isRunning(server)) server.kill('SIGINT');
    await ended;
    guard?.kill('SIGKILL');
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  };
  if (!(await becomesReady(dataDirectory, server))) {
    await stop();
    throw unavailable(dataDirectory, said());
  }
  return { connectionString: addressOf(socketDirectory), pid: server.pid ?? 0, stop };
}

/** Log lines of a database can quote what somebody stored; only what ends the server is said. */
function serverSettings(socketDirectory: string, durable: boolean): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    max_connections: '100',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function becomesReady(dataDirectory: string, server: ChildProcess): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS && isRunning(server); waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    const lock = await readClusterLock(dataDirectory);
    if (lock?.pid === server.pid && lock?.ready === true) return true;
  }
  return false;
}

function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

/** What the server says last, without keeping the program alive to hear it. */
function lastLineOf(pipe: Readable): () => string {
  let text = '';
  pipe.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2000)));
  if (pipe instanceof Socket) pipe.unref();
  return () => text.trim().split('\n').at(-1) ?? '';
}

/** In /tmp whatever TMPDIR says for sockets: their path has at most 107 characters. */
async function makeFolder(prefix: string, account: ClusterAccount): Promise<string> {
  const folder = await mkdtemp(join(prefix === 'persoline-pg-' ? '/tmp' : tmpdir(), prefix));
  if (account.ids !== undefined) await chown(folder, account.ids.uid, account.ids.gid);
  return folder;
}

function addressOf(socketDirectory: string): string {
  return `postgresql://${CLUSTER_ROLE}@${encodeURIComponent(socketDirectory)}/postgres`;
}

function unavailable(dataDirectory: string, reason: string): ProductionError {
  return new ProductionError('DATABASE_UNAVAILABLE', `database in ${dataDirectory}`, [reason]);
}
