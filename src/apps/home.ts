import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the embedded defaults keep their state: docs/runbook.md. */
export function persolineHome(): string {
  const { PERSOLINE_HOME: home, XDG_DATA_HOME: data } = process.env;
  if (home !== undefined && home !== '') return home;
  return join(
    data === undefined || data === '' ? join(homedir(), '.local/share') : data,
    'persoline',
  );
}
