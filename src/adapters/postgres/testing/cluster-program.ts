import { transformFile } from '@swc/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const POSTGRES = join(__dirname, '..');
const ROOT = join(__dirname, '../../../..');

/** What a program says after it has started its server. */
export interface StartedServer {
  readonly program: ChildProcess;
  readonly serverPid: number;
  readonly connectionString: string;
}

/**
 * The starter as a program of its own that can be killed: compiled into a folder that every user
 * may read, so that it also runs as an ordinary user.
 */
export class ClusterProgram {
  private constructor(readonly folder: string) {}

  static async compile(): Promise<ClusterProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'persoline-program-'));
    await chmod(folder, 0o755);
    const target = join(folder, 'src/adapters/postgres');
    await mkdir(target, { recursive: true });
    await mkdir(join(folder, 'src/production'));
    const files = (await readdir(POSTGRES)).filter((name) =>
      /^(cluster|start|embedded)[a-z-]*\.ts$/.test(name),
    );
    for (const name of files) await compile(join(POSTGRES, name), join(target, name));
    await mkdir(join(folder, 'src/production/errors'));
    const errors = (await readdir(join(ROOT, 'src/production/errors'))).map((name) =>
      join('errors', name),
    );
    for (const name of ['errors.ts', ...errors]) {
      await compile(join(ROOT, 'src/production', name), join(folder, 'src/production', name));
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    return new ClusterProgram(folder);
  }

  /** Starts the program; `body` is JavaScript with `startCluster` and `startEmbeddedPostgres`. */
  async start(
    body: string,
    user: { readonly uid?: number; readonly gid?: number } = {},
  ): Promise<StartedServer> {
    const script = `
      const { startCluster } = require('./src/adapters/postgres/cluster');
      const { startEmbeddedPostgres } = require('./src/adapters/postgres/embedded');
      (async () => { ${body} })().catch((error) => { console.error(error); process.exit(9); });
      function say({ pid, connectionString }) {
        process.stdout.write(JSON.stringify({ pid, connectionString }) + '\\n');
      }`;
    const program = spawn(process.execPath, ['-e', script], {
      cwd: this.folder,
      ...user,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((done, fail) => {
      createInterface({ input: program.stdout }).once('line', done);
      program.once('exit', (code) => {
        fail(new Error(`the program ended with ${code ?? 'a signal'} before its server was up`));
      });
    });
    const { pid, connectionString } = JSON.parse(line) as { pid: number; connectionString: string };
    return { program, serverPid: pid, connectionString };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function compile(source: string, target: string): Promise<void> {
  const { code } = await transformFile(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  await writeFile(target.replace(/\.ts$/, '.js'), code);
}
