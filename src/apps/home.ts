import { homedir } from 'node:os';
import { join } from 'node:path';
import { ProductionError } from '../production/errors';
import { makeFolder } from './make-folder';

/** Where the embedded defaults keep their state: docs/runbook.md. */
export function persolineHome(): string {
  const { PERSOLINE_HOME: home, XDG_DATA_HOME: data } = process.env;
  if (home !== undefined && home !== '') return home;
  if (data !== undefined && data !== '') return join(data, 'persoline');
  // The embedded database does not run as root, and nobody else may enter root's own home.
  return process.getuid?.() === 0
    ? '/var/lib/persoline'
    : join(homedir(), '.local/share/persoline');
}

/**
 * The home, made where there is none. Others may enter it, since the embedded database can run as
 * another user; what lies in it is closed by itself.
 *
 * @throws ProductionError `OUTPUT_UNWRITABLE`
 */
export async function makePersolineHome(): Promise<string> {
  const home = persolineHome();
  await makeFolder(home).catch((cause: unknown) => {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown cause';
    throw new ProductionError('OUTPUT_UNWRITABLE', home, [code], { cause });
  });
  return home;
}
