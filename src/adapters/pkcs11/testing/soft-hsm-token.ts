import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';

/** A SoftHSM2 token in a folder of its own. */
export interface SoftHsmToken {
  readonly modulePath: string;
  readonly tokenLabel: string;
  readonly pin: string;
  /** For programs that this one starts: their SOFTHSM2_CONF. */
  readonly configuration: string;
  /** Its folder is gone from one moment to the next. */
  readonly vanish: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const LIBRARIES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
];

/**
 * Makes a token with SoftHSM2 (Debian package softhsm2). The library of this process is pointed to
 * it until another one is made, so one test file has one folder at a time.
 */
export async function makeSoftHsmToken(): Promise<SoftHsmToken> {
  const modulePath = LIBRARIES.find((path) => existsSync(path));
  if (modulePath === undefined) throw new Error('SoftHSM2 is missing: apt-get install softhsm2');
  const folder = await mkdtemp(join(tmpdir(), 'persoline-softhsm-'));
  await mkdir(join(folder, 'tokens'));
  const configuration = join(folder, 'softhsm2.conf');
  await writeFile(
    configuration,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const [tokenLabel, pin] = ['trial', '123456'];
  const made = spawnSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', tokenLabel, '--pin', pin, '--so-pin', '87654321'],
    { env: { ...process.env, SOFTHSM2_CONF: configuration } },
  );
  if (made.status !== 0) throw new Error(`softhsm2-util failed: ${String(made.stderr)}`);
  await setRealEnvironment('SOFTHSM2_CONF', configuration);
  return {
    modulePath,
    tokenLabel,
    pin,
    configuration,
    vanish: () => rename(join(folder, 'tokens'), join(folder, 'elsewhere')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Sets a variable where C libraries read it. Jest gives tests a copy of `process.env`; a worker
 * that shares the environment has the real one.
 */
function setRealEnvironment(name: string, value: string): Promise<void> {
  const script =
    'const { name, value } = require("node:worker_threads").workerData; process.env[name] = value;';
  const worker = new Worker(script, { eval: true, env: SHARE_ENV, workerData: { name, value } });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
