import { Client, type QueryResultRow } from 'pg';
import type { Cluster } from '../cluster';
import { startEmbeddedPostgres } from '../embedded';
import { migrateDatabase } from '../migrate';
import { startDebianPostgres } from './debian-postgres';

/** The two servers that every storage test runs on. */
export const SERVERS: readonly (readonly [name: string, start: () => Promise<Cluster>])[] = [
  ['the embedded PostgreSQL', () => startEmbeddedPostgres()],
  ["Debian's PostgreSQL", startDebianPostgres],
];

/** Fresh databases on one server, each a copy of a migrated one. */
export class TestDatabases {
  private count = 0;

  private constructor(
    private readonly cluster: Cluster,
    private readonly admin: Client,
  ) {}

  static async start(startServer: () => Promise<Cluster>): Promise<TestDatabases> {
    const cluster = await startServer();
    const admin = new Client({ connectionString: cluster.connectionString });
    await admin.connect();
    await admin.query('create database migrated');
    await migrateDatabase(addressOf(cluster, 'migrated'));
    return new TestDatabases(cluster, admin);
  }

  /** Address of a new, migrated database. */
  async create(template = 'migrated'): Promise<string> {
    const name = `test_${++this.count}`;
    await this.admin.query(`create database ${name} template ${template}`);
    return addressOf(this.cluster, name);
  }

  /** Process of the server. */
  get pid(): number {
    return this.cluster.pid;
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.cluster.stop();
  }
}

/** Runs plain SQL in schema `persoline`, as a program with a bug might. */
export async function runSql<Row extends QueryResultRow>(
  connectionString: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString, options: '-c search_path=persoline' });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}

function addressOf(cluster: Cluster, database: string): string {
  return cluster.connectionString.replace(/[^/]*$/, database);
}
