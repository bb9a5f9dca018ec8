import { once } from 'node:events';
import { access, chown, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Cluster } from './cluster';
import { startCluster } from './cluster';
import { startEmbeddedPostgres } from './embedded';
import { ClusterProgram, type StartedServer } from './testing/cluster-program';
import { findDebianBinaries } from './testing/debian-postgres';

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

let program: ClusterProgram;
let folder: string;

beforeAll(async () => {
  program = await ClusterProgram.compile();
});
afterAll(() => program.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-cluster-'));
  // The server's own user must be able to enter what stands above its data.
  await rm(folder, { recursive: true });
  await mkdir(folder, { mode: 0o755 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map(
      (row) => Object.values(row)[0],
    );
  } finally {
    await client.end();
  }
}

async function waitUntil(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isTrue()) return;
    await sleep(50);
  }
  throw new Error('it did not become true');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function socketFolderOf({ connectionString }: { readonly connectionString: string }): string {
  return decodeURIComponent(new URL(connectionString).hostname);
}

describe.each<readonly [string, (dataDirectory?: string) => Promise<Cluster>]>([
  [
    'the embedded PostgreSQL',
    (dataDirectory) => startEmbeddedPostgres(dataDirectory === undefined ? {} : { dataDirectory }),
  ],
  [
    "Debian's PostgreSQL",
    (dataDirectory) =>
      startCluster({
        binDirectory: findDebianBinaries(),
        ...(dataDirectory === undefined ? {} : { dataDirectory }),
      }),
  ],
])('%s', (_name, start) => {
  test('starts on nothing, speaks UTF-8, listens on no port, and leaves nothing', async () => {
    const cluster = await start();
    const [dataDirectory] = await query(cluster.connectionString, 'show data_directory');
    expect(await query(cluster.connectionString, 'show server_encoding')).toEqual(['UTF8']);
    expect(await query(cluster.connectionString, 'show listen_addresses')).toEqual(['']);
    expect(await query(cluster.connectionString, "select 'Nguyễn'")).toEqual(['Nguyễn']);
    await cluster.stop();
    expect(isAlive(cluster.pid)).toBe(false);
    expect(await exists(dirname(String(dataDirectory)))).toBe(false);
    expect(await exists(socketFolderOf(cluster))).toBe(false);
  });

  test('keeps its data between starts when it has a directory', async () => {
    const first = await start(join(folder, 'data'));
    await query(first.connectionString, 'create table kept as select 17 as number');
    await first.stop();
    const second = await start(join(folder, 'data'));
    expect(await query(second.connectionString, 'select number from kept')).toEqual([17]);
    await second.stop();
  });

  test('is joined by a second start, and ends with the first', async () => {
    const [one, two] = await Promise.all([
      start(join(folder, 'data')),
      start(join(folder, 'data')),
    ]);
    expect(two.pid).toBe(one.pid);
    expect(two.connectionString).toBe(one.connectionString);
    // Whichever of them found nobody owns the server; the other's stop does not end it.
    await one.stop();
    await two.stop();
    expect(isAlive(one.pid)).toBe(false);
  });

  test('starts over a lock whose process is gone, or is another program by now', async () => {
    const first = await start(join(folder, 'data'));
    await first.stop();
    for (const pid of [process.pid, 4_000_000]) {
      const lock = [pid, join(folder, 'data'), 1, 5432, '/tmp', '', '', 'ready', ''].join('\n');
      await writeFile(join(folder, 'data', 'postmaster.pid'), lock);
      const again = await start(join(folder, 'data'));
      expect(again.pid).not.toBe(pid);
      await again.stop();
    }
  });

  test('takes over the turn of a program that died while it started', async () => {
    await writeFile(join(folder, 'data.starting'), '4000000\n');
    const cluster = await start(join(folder, 'data'));
    await cluster.stop();
    expect(await exists(join(folder, 'data.starting'))).toBe(false);
  });
});

describe('however the program ends, the server ends with it', () => {
  const STAY = 'say(await startEmbeddedPostgres()); setInterval(() => {}, 1000);';
  const expectNothingLeft = async (server: StartedServer): Promise<void> => {
    await waitUntil(() => !isAlive(server.serverPid));
    await waitUntil(async () => !(await exists(socketFolderOf(server))));
  };

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('by %s', async (signal) => {
    const server = await program.start(STAY);
    const [dataDirectory] = await query(server.connectionString, 'show data_directory');
    expect(isAlive(server.serverPid)).toBe(true);
    server.program.kill(signal);
    await once(server.program, 'exit');
    await expectNothingLeft(server);
    await waitUntil(async () => !(await exists(dirname(String(dataDirectory)))));
  });

  test('by reaching its end without a word to the server', async () => {
    const server = await program.start('say(await startEmbeddedPostgres());');
    await once(server.program, 'exit');
    expect(server.program.exitCode).toBe(0);
    await expectNothingLeft(server);
  });

  test('and the next start on the same data waits for that', async () => {
    const data = JSON.stringify(join(folder, 'data'));
    const server = await program.start(
      `say(await startEmbeddedPostgres({ dataDirectory: ${data} })); setInterval(() => {}, 1000);`,
    );
    await query(server.connectionString, 'create table kept as select 17 as number');
    server.program.kill('SIGKILL');
    await once(server.program, 'exit');
    const next = await startEmbeddedPostgres({ dataDirectory: join(folder, 'data') });
    // The guard of the dead program may still be ending the server that was found.
    if (next.pid === server.serverPid) await waitUntil(() => !isAlive(server.serverPid));
    const own =
      next.pid === server.serverPid
        ? await startEmbeddedPostgres({ dataDirectory: join(folder, 'data') })
        : next;
    expect(await query(own.connectionString, 'select number from kept')).toEqual([17]);
    await own.stop();
  });
});

describe('who may run it', () => {
  // An ordinary user has no other user to become.
  const users: readonly (readonly [name: string, user: { uid?: number; gid?: number }])[] = isRoot
    ? [
        ['root', {}],
        ['an ordinary user', NOBODY],
      ]
    : [['this user', {}]];

  test.each(users)('%s', async (_name, user) => {
    await mkdir(join(folder, 'own'));
    if (user.uid !== undefined) await chown(join(folder, 'own'), user.uid, user.uid);
    const options = {
      binDirectory: findDebianBinaries(),
      dataDirectory: join(folder, 'own', 'data'),
    };
    const server = await program.start(
      `say(await startCluster(${JSON.stringify(options)})); setInterval(() => {}, 1000);`,
      user,
    );
    const owner = (await stat(`/proc/${server.serverPid}`)).uid;
    expect(owner).not.toBe(0);
    expect(owner).toBe(user.uid ?? owner);
    server.program.kill('SIGTERM');
    await once(server.program, 'exit');
    await waitUntil(() => !isAlive(server.serverPid));
  });

  test('a folder that cannot be made is said', async () => {
    await writeFile(join(folder, 'file'), '');
    const dataDirectory = join(folder, 'file', 'data');
    await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      reasons: ['the folder cannot be made'],
    });
  });

  test('a folder that is closed to the server is said', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: isRoot ? 0o700 : 0o000 });
    const dataDirectory = join(closed, 'data');
    await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });
});
