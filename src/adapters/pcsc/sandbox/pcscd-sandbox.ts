import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeNamespace, SANDBOX_ENV } from './namespace';

export const VPCD_DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
/** The port that vsmartcard-vpcd is shipped with; its second slot listens on the next one. */
const FIRST_PORT = 0x8c7b;
const SLOTS_PER_ENTRY = 2;

/**
 * pcscd looks for cards every 400 ms: a card put in sooner than this after another was taken out
 * is not noticed as a new one, and the reader stays without a card.
 */
export const CARD_CHANGE_MS = 1_000;

/**
 * Prepares the namespaces: loopback without delayed acknowledgements (vpcd sends two small writes
 * a message), a socket folder of its own, and none but the given USB drivers, so that no real reader
 * is touched.
 */
const PREPARE = `
ip link set lo up
ip route change local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
mkdir -p /run/pcscd
mount -t tmpfs tmpfs /run/pcscd
if [ $# = 0 ]; then mount -t tmpfs tmpfs /usr/lib/pcsc/drivers
else mount --bind "$1" /usr/lib/pcsc/drivers; fi
`;

export interface SandboxReader {
  readonly name: string;
  /** Where a virtual card connects to lie in this reader. */
  readonly port: number;
}

/** Drivers of USB readers in place of the machine's. */
export interface UsbDrivers {
  /** Their bundles, as under /usr/lib/pcsc/drivers. */
  readonly folder: string;
  /** What pcscd is to find in its environment for them. */
  readonly env: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PcscdSandbox {
  /** `system`: namespaces are not permitted here and the machine's own pcscd is used. */
  readonly kind: 'private' | 'system';
  readonly readers: readonly SandboxReader[];
  /** Runs a command where this pcscd is reached, to its end. */
  run(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<CommandResult>;
  /** Starts a command there; it is killed when the sandbox stops. */
  start(command: string, args: readonly string[]): ChildProcess;
  /** Stops pcscd and starts it again; only of a private sandbox. */
  restartPcscd(): Promise<void>;
  /** @param signal `SIGKILL` leaves it no time to tell its clients; `SIGTERM` by default */
  stopPcscd(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A pcscd with virtual readers of its own, in network and mount namespaces of its own, so that
 * tests side by side never meet. Ends with this process at the latest.
 *
 * @param options.readers how many; each driver entry makes two
 * @param options.usb drivers of further readers, which come and go
 */
export async function startPcscdSandbox(
  options: { readonly readers?: number; readonly usb?: UsbDrivers } = {},
): Promise<PcscdSandbox> {
  const entries = Math.ceil((options.readers ?? SLOTS_PER_ENTRY) / SLOTS_PER_ENTRY);
  const folder = await mkdtemp(join(tmpdir(), 'persoline-pcscd-'));
  const readers = await writeReaderConfiguration(folder, entries);
  const { usb } = options;
  const namespace = await makeNamespace(PREPARE, usb === undefined ? [] : [usb.folder]);
  if (namespace === undefined) {
    await rm(folder, { recursive: true, force: true });
    return useSystemPcscd();
  }
  const processes = new Processes((command, args) => namespace.inside(command, args));
  let pcscd: ChildProcess | undefined;
  const startPcscd = async () => {
    const assignments = Object.entries(usb?.env ?? {}).map(([name, value]) => `${name}=${value}`);
    pcscd = processes.start('setpriv', [
      ...['--pdeathsig', 'KILL', 'env', ...assignments, 'pcscd', '--foreground'],
      ...['--config', join(folder, 'reader.conf.d')],
    ]);
    await waitForSocket(processes);
  };
  const stopPcscd = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    if (pcscd !== undefined) await processes.end(pcscd, signal);
    await processes.run('rm', ['-f', '/run/pcscd/pcscd.comm', '/run/pcscd/pcscd.pid']);
  };
  await startPcscd();
  return {
    kind: 'private',
    readers,
    run: (command, args, env) => processes.run(command, args, env),
    start: (command, args) => processes.start(command, args),
    restartPcscd: async () => {
      await stopPcscd();
      await startPcscd();
    },
    stopPcscd,
    stop: async () => {
      await processes.endAll();
      await namespace.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One driver entry makes two slots, and every entry needs its own copy of the driver. */
async function writeReaderConfiguration(
  folder: string,
  entries: number,
): Promise<readonly SandboxReader[]> {
  await mkdir(join(folder, 'reader.conf.d'));
  const readers: SandboxReader[] = [];
  for (let entry = 0; entry < entries; entry++) {
    const port = FIRST_PORT + SLOTS_PER_ENTRY * entry;
    const library = join(folder, `vpcd-${entry}.so`);
    await copyFile(VPCD_DRIVER, library);
    // Entries of one name would count as one reader.
    const name = `Virtual reader ${String.fromCharCode(0x41 + entry)}`;
    const hex = `0x${port.toString(16).toUpperCase()}`;
    const lines = [
      `FRIENDLYNAME "${name}"`,
      `DEVICENAME /dev/null:${hex}`,
      `LIBPATH ${library}`,
      `CHANNELID ${hex}`,
    ];
    const number = String(entry).padStart(2, '0');
    await writeFile(join(folder, 'reader.conf.d', `reader-${number}`), `${lines.join('\n')}\n`);
    for (let slot = 0; slot < SLOTS_PER_ENTRY; slot++) {
      readers.push({ name: `${name} 00 0${slot}`, port: port + slot });
    }
  }
  return readers;
}

/** Without namespaces there is one pcscd for everybody; tests that restart it cannot run so. */
async function useSystemPcscd(): Promise<PcscdSandbox> {
  process.stderr.write(
    'namespaces are not permitted here: the system pcscd and its vpcd reader are used\n',
  );
  const processes = new Processes((command, args) => [command, ...args]);
  const isThere = await processes.run('test', ['-S', '/run/pcscd/pcscd.comm']);
  if (isThere.status !== 0) {
    processes.start('pcscd', ['--foreground']);
    await waitForSocket(processes);
  }
  const refuse = () =>
    Promise.reject(new Error('the system pcscd is not ours to stop; it needs namespaces'));
  return {
    kind: 'system',
    readers: [0, 1].map((slot) => ({ name: `Virtual PCD 00 0${slot}`, port: FIRST_PORT + slot })),
    run: (command, args, env) => processes.run(command, args, env),
    start: (command, args) => processes.start(command, args),
    restartPcscd: refuse,
    stopPcscd: refuse,
    stop: () => processes.endAll(),
  };
}

async function waitForSocket(processes: Processes): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const { status } = await processes.run('test', ['-S', '/run/pcscd/pcscd.comm']);
    if (status === 0) return;
    await delay(25);
  }
  throw new Error('pcscd did not start');
}

/** Processes that were started here; they alone are ended, each by its own number. */
class Processes {
  readonly #running = new Set<ChildProcess>();

  constructor(
    private readonly wrap: (
      command: string,
      args: readonly string[],
    ) => readonly [string, ...string[]],
  ) {}

  start(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcess {
    const [program, ...rest] = this.wrap(command, args);
    const child = spawn(program, rest, {
      env: { ...SANDBOX_ENV, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  async run(
    command: string,
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ): Promise<CommandResult> {
    const child = this.start(command, args, env);
    child.stdin?.end();
    const output = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...output };
  }

  async end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const insist = setTimeout(() => child.kill('SIGKILL'), 2_000);
    await exited;
    clearTimeout(insist);
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.end(child)));
  }
}
