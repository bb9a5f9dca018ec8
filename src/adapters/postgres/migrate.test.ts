import { ProductionError } from '../../production/errors';
import { migrateDatabase, readMigrations, type Migration } from './migrate';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';

describe.each(SERVERS)('migrations on %s', (_name, startServer) => {
  let databases: TestDatabases;
  let address: string;
  let all: readonly Migration[];

  beforeAll(async () => {
    databases = await TestDatabases.start(startServer);
    all = await readMigrations();
  }, 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create('template0');
  });

  const refusalOf = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProductionError);
    return (error as ProductionError).message;
  };

  test('an empty database gets all of them, in order, and a second run nothing', async () => {
    expect(await migrateDatabase(address)).toEqual(all.map(({ name }) => name));
    expect(await migrateDatabase(address)).toEqual([]);
  });

  test('numbers begin at 1 and leave none out', () => {
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
  });

  test('programs that start at once take turns', async () => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(address)));
    expect(runs.map((names) => names.length).sort()).toEqual([0, 0, 0, all.length]);
  });

  test('an older database is brought up', async () => {
    await migrateDatabase(address, all.slice(0, 2));
    expect(await migrateDatabase(address)).toEqual(all.slice(2).map(({ name }) => name));
  });

  test('a changed migration is refused', async () => {
    await migrateDatabase(address);
    const changed = all.map((migration, index) =>
      index === 2 ? { ...migration, sha256: 'another' } : migration,
    );
    expect(await refusalOf(migrateDatabase(address, changed))).toMatch(
      /migration 0003_\w+ was changed after it had been applied/,
    );
  });

  test('a database that is newer than the program is refused', async () => {
    await migrateDatabase(address);
    expect(await refusalOf(migrateDatabase(address, all.slice(0, -1)))).toMatch(
      /which this program does not know/,
    );
  });

  test('a migration that was left out is refused', async () => {
    await migrateDatabase(address, [all[0]!, { ...all[1]!, number: 3 }]);
    const withGap = [all[0]!, { ...all[2]!, number: 2 }, { ...all[1]!, number: 3 }];
    expect(await refusalOf(migrateDatabase(address, withGap))).toMatch(/was never applied/);
  });

  test('one that fails leaves nothing of itself and everything before it', async () => {
    const broken: Migration = {
      number: 2,
      name: '0002_broken',
      sql: 'create table half (id integer); select nonsense;',
      sha256: 'x',
    };
    await expect(migrateDatabase(address, [all[0]!, broken])).rejects.toThrow(
      'the database refused a statement: 42703',
    );
    const tables = await runSql(address, "select to_regclass('half') as half");
    expect(tables).toEqual([{ half: null }]);
    expect(await migrateDatabase(address)).toEqual(all.slice(1).map(({ name }) => name));
  });
});

test('a database that is not there is said without its password', async () => {
  const address = 'postgresql://somebody:secret-word@127.0.0.1:1/none';
  const error: unknown = await migrateDatabase(address).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', reasons: ['nothing listens there'] });
  expect(JSON.stringify(error) + String(error)).not.toContain('secret-word');
});
