import { readdirSync } from 'node:fs';
import { startCluster, type Cluster } from '../cluster';

/** A server of the PostgreSQL that Debian packages, on temporary data, started by the test. */
export function startDebianPostgres(): Promise<Cluster> {
  return startCluster({ binDirectory: findDebianBinaries() });
}

/** Version 15 where it is installed, else the newest after it. */
export function findDebianBinaries(): string {
  const versions = readdirSync('/usr/lib/postgresql')
    .map(Number)
    .sort((left, right) => left - right);
  const version = versions.includes(15) ? 15 : versions.at(-1);
  if (version === undefined || version < 15) throw new Error('postgresql-15 is not installed');
  return `/usr/lib/postgresql/${version}/bin`;
}
