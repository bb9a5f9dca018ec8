import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** One way of getting network and mount namespaces of one's own, and of entering them again. */
interface Way {
  readonly name: string;
  readonly unshare: readonly string[];
  readonly enter: (pid: number) => readonly string[];
}

const WAYS: readonly Way[] = [
  {
    name: 'root',
    unshare: ['unshare', '--mount', '--net'],
    enter: (pid) => ['nsenter', '--target', String(pid), '--mount', '--net'],
  },
  {
    name: 'user namespace',
    unshare: ['unshare', '--user', '--map-root-user', '--mount', '--net'],
    enter: (pid) => [
      ...['nsenter', '--target', String(pid), '--user', '--preserve-credentials'],
      ...['--mount', '--net'],
    ],
  },
  {
    name: 'sudo',
    unshare: ['sudo', '-n', 'unshare', '--mount', '--net'],
    enter: (pid) => ['sudo', '-n', 'nsenter', '--target', String(pid), '--mount', '--net'],
  },
];

/** Programs of administrators are not on everybody's path. */
export const SANDBOX_ENV = {
  ...process.env,
  PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
};

/** Namespaces that live as long as their first process. */
export interface Namespace {
  readonly way: string;
  /** A command line that runs the given one inside. */
  inside(command: string, args: readonly string[]): readonly [string, ...string[]];
  end(): Promise<void>;
}

/**
 * Makes namespaces and prepares them with a shell script, which must succeed.
 *
 * @returns undefined when this machine permits none
 */
export async function makeNamespace(
  script: string,
  args: readonly string[],
): Promise<Namespace | undefined> {
  const way = WAYS.find(({ unshare }) => permits(unshare));
  if (way === undefined) return undefined;
  const [command = '', ...prefix] = way.unshare;
  // The first process lives on its standard input, so that it never outlives this one.
  const first = spawn(
    command,
    [...prefix, 'sh', '-euc', `${script}\necho $$\nexec cat >/dev/null`, 'sandbox', ...args],
    { env: SANDBOX_ENV, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const pid = await readPid(first);
  return {
    way: way.name,
    inside: (name, more) => [...way.enter(pid), name, ...more] as [string, ...string[]],
    end: async () => {
      const ended = once(first, 'exit');
      first.stdin.end();
      if (first.exitCode === null) await ended;
    },
  };
}

function permits([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, [...args, 'true'], { env: SANDBOX_ENV, stdio: 'ignore' }).status === 0;
}

async function readPid(first: ChildProcess): Promise<number> {
  let said = '';
  first.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    first.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    first.once('exit', () =>
      reject(new Error(`the sandbox could not be prepared: ${said.trim()}`)),
    );
    first.once('error', reject);
  });
  return Number.parseInt(line, 10);
}
