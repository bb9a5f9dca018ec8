import { createHash } from 'node:crypto';
import type { SignerStore } from '../../production/document/custody/signer-store';
import type { LineStore } from '../../production/document/line-store';
import type { DocumentSigner } from '../../production/document/signed-document';
import { createSignerStore } from './custody-signers';
import { openDatabase, type Database } from './database';
import { openPostgresLineStore } from './line-store';
import { createAesSealer } from './testing/aes-sealer';
import { samplePreparation, sampleRecord, sampleSigner, STATION } from './testing/sample-documents';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';

const at = new Date('2026-02-01T00:00:00Z');
const days = (count: number): Date => new Date(at.getTime() + count * 86_400_000);

const signerOf = (number: number, change: Partial<DocumentSigner> = {}): DocumentSigner =>
  sampleSigner({
    keyLabel: `dsc-${number}`,
    certificate: new Uint8Array(Buffer.from(`certificate ${number}`)),
    ...change,
  });

describe.each(SERVERS)('document signers in %s', (_, start) => {
  let databases: TestDatabases;
  let address: string;
  let database: Database;
  let store: SignerStore;

  beforeAll(async () => {
    databases = await TestDatabases.start(start);
  }, 120_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create();
    database = openDatabase(address);
    store = createSignerStore(database);
    await store.declareRehearsal();
  });
  afterEach(() => database.close());

  const reserve = (when: Date = at, signers: SignerStore = store) =>
    signers.reserveSignature({ station: STATION, at: when });
  const databaseTime = async (): Promise<number> => {
    const [row] = await database.transaction('clock', (transaction) =>
      transaction.rows<{ now: Date }>('select clock_timestamp() as now'),
    );
    return row!.now.getTime();
  };
  const statesOf = async (): Promise<string[]> =>
    (await store.listSigners()).map(({ state, reserved }) => `${state} ${reserved}`);

  it('cuts over by count between two signatures, whoever asks', async () => {
    for (const number of [1, 2, 3]) {
      await store.addSigner(signerOf(number), { maxSignatures: 50, at });
    }
    const others = [1, 2, 3].map(() => openDatabase(address));
    const stores = [store, ...others.map(createSignerStore)];
    const taken = await Promise.all(
      Array.from({ length: 140 }, (__, index) => reserve(at, stores[index % 4])),
    );
    const counts = [1, 2, 3].map(
      (number) => taken.filter((reservation) => reservation.number === number).length,
    );
    expect(counts).toEqual([50, 50, 40]);
    expect(new Set(taken.map(({ reservationId }) => reservationId)).size).toBe(140);
    expect(await statesOf()).toEqual(['cut-over 50', 'cut-over 50', 'in-use 40']);
    await Promise.all(Array.from({ length: 10 }, () => reserve()));
    await expect(reserve()).rejects.toMatchObject({ code: 'SIGNER_NONE_READY' });
    expect(await statesOf()).toEqual(['cut-over 50', 'cut-over 50', 'in-use 50']);
    await Promise.all(others.map((other) => other.close()));
  }, 60_000);

  it('cuts over by time: days of use, the period of the key, the validity', async () => {
    const keyUse = (until: Date): DocumentSigner['keyUse'] => ({ from: days(-31), until });
    await store.addSigner(signerOf(1), { maxDays: 10, at });
    await store.addSigner(signerOf(2, { keyUse: keyUse(days(20)) }), { at });
    await store.addSigner(signerOf(3, { validity: { from: days(-31), until: days(30) } }), {
      maxDays: 50,
      at,
    });
    const numbers = [];
    for (const day of [0, 10, 10.01, 20, 20.01, 30])
      numbers.push((await reserve(days(day))).number);
    expect(numbers).toEqual([1, 1, 2, 2, 3, 3]);
    await expect(reserve(days(30.01))).rejects.toMatchObject({ code: 'SIGNER_NONE_READY' });
  });

  it('never goes back in time for one signer, and passes over those not valid yet', async () => {
    await store.addSigner(signerOf(1), { maxSignatures: 2, at });
    await store.addSigner(signerOf(2, { keyUse: { from: days(40), until: days(50) } }), { at });
    await store.addSigner(signerOf(3), { at });
    expect((await reserve(days(1))).at).toEqual(days(1));
    expect(await reserve(days(0.5))).toMatchObject({ number: 1, at: days(1) });
    expect(await reserve(days(0.5))).toMatchObject({ number: 3, at: days(1) });
    const [one, , three] = await store.listSigners();
    expect(one?.cutOverAt).toEqual(three?.inUseAt);
  });

  it('cuts over and revokes at a word, and reserves nothing of it afterwards', async () => {
    await store.addSigner(signerOf(1), { at });
    await store.addSigner(signerOf(2), { at });
    await store.addSigner(signerOf(3), { at });
    await reserve();
    await store.revokeSigner(1, days(1));
    await store.revokeSigner(2, days(1));
    expect((await reserve(days(1))).number).toBe(3);
    await store.cutOver(3, days(2));
    await expect(store.cutOver(3, days(2))).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await store.retireSigner(3, days(3));
    await expect(reserve(days(4))).rejects.toMatchObject({ code: 'SIGNER_NONE_READY' });
    expect((await store.listSigners())[0]?.revokedAt).toEqual(days(1));
  });

  it('takes its own time for a signature, whatever the clock of the station says', async () => {
    await database.close();
    address = await databases.create();
    database = openDatabase(address);
    store = createSignerStore(database);
    expect(await store.isRehearsal()).toBe(false);
    const period = {
      from: new Date(Date.now() - 86_400_000),
      until: new Date(Date.now() + 86_400_000),
    };
    await store.addSigner(signerOf(1, { keyUse: period, validity: period }), { at });
    await expect(reserve(new Date())).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    const before = await databaseTime();
    const taken = await store.reserveSignature({ station: STATION });
    expect(taken.at.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(taken.at.getTime()).toBeLessThanOrEqual(await databaseTime());
    await expect(store.declareRehearsal()).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await expect(runSql(address, 'delete from rehearsal')).rejects.toMatchObject({ code: 'PL002' });
  });

  it('signs nothing outside the period by its own clock', async () => {
    await database.close();
    address = await databases.create();
    database = openDatabase(address);
    store = createSignerStore(database);
    const ended = { from: new Date('2020-01-01'), until: new Date('2020-04-01') };
    await store.addSigner(signerOf(1, { keyUse: ended, validity: ended }), { at });
    const wish = { station: STATION };
    await expect(store.reserveSignature(wish)).rejects.toMatchObject({ code: 'SIGNER_NONE_READY' });
  });

  it.each([
    'update managed_signer set reserved = reserved + 2',
    'update managed_signer set reserved = 0',
    'update managed_signer set max_signatures = 100',
    'delete from managed_signer',
    'delete from signature_reservation',
    'update signature_reservation set document = null',
    "update managed_signer set state = 'waiting', in_use_at = null",
    'truncate signer_revocation',
    'delete from revocation_list',
  ])('refuses %s', async (sql) => {
    await store.addSigner(signerOf(1), { maxSignatures: 10, at });
    await reserve();
    await expect(runSql(address, sql)).rejects.toMatchObject({
      code: expect.stringMatching(/^PL00[12]$/) as string,
    });
  });

  it('counts no signature beyond the limit, even by hand', async () => {
    await store.addSigner(signerOf(1), { maxSignatures: 1, at });
    await reserve();
    await expect(
      runSql(address, 'update managed_signer set reserved = reserved + 1'),
    ).rejects.toMatchObject({ constraint: 'signer_count_limit' });
  });

  it('takes a signature into the ledger with its reservation only, and recalls it', async () => {
    const line: LineStore = await openPostgresLineStore({
      connectionString: address,
      sealer: createAesSealer(),
    });
    try {
      const ids: number[] = [];
      for (const record of ['r1', 'r2', 'r3']) {
        await line.registerRecord(sampleRecord(record));
        ids.push((await line.claimDocument({ station: STATION }))!.documentId);
      }
      const [first = 0, second = 0, third = 0] = ids;
      await store.addSigner(signerOf(1), { at });
      const enter = (documentId: number, change: object, signer = signerOf(1)) =>
        line.recordPrepared(
          samplePreparation(documentId, {
            signer,
            signature: { signedAt: at, sodSha256: digest(documentId), ...change },
          }),
        );
      const take = (documentId: number) =>
        store.reserveSignature({ station: STATION, documentId, at });
      const conflict = { code: 'STATE_CONFLICT' };
      await expect(enter(first, {})).rejects.toMatchObject(conflict);
      await expect(enter(first, {}, signerOf(9))).rejects.toMatchObject(conflict);
      const { reservationId } = await take(first);
      await expect(enter(second, { reservationId })).rejects.toMatchObject(conflict);
      await expect(enter(first, { reservationId, signedAt: days(1) })).rejects.toMatchObject(
        conflict,
      );
      await enter(first, { reservationId });
      await take(third);
      const recalled: (readonly [number | undefined, boolean])[] = [];
      const { documents } = await store.recall(1, (page) => {
        recalled.push(...page.map((one) => [one.documentId, one.sodSha256 !== undefined] as const));
        return Promise.resolve();
      });
      expect(documents).toBe(2);
      expect(recalled).toEqual([
        [first, true],
        [third, false],
      ]);
      expect(await store.countRecorded()).toEqual(new Map([[1, 1]]));
    } finally {
      await line.close();
    }
  });
});

function digest(value: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(String(value)).digest());
}
