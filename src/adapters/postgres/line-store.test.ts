import { Client } from 'pg';
import { ProductionError } from '../../production/errors';
import type { InspectionReport } from '../../production/document/inspection-report';
import type { LineStore } from '../../production/document/line-store';
import { openPostgresLineStore } from './line-store';
import { createAesSealer } from './testing/aes-sealer';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';
import {
  CHIP,
  issueBlanks,
  makeGood,
  MARKER,
  prepareNext,
  sampleIntent,
  samplePreparation,
  sampleRecord,
  sampleReport,
  sampleSigner,
  STATION,
} from './testing/sample-documents';

describe.each(SERVERS)('the line store on %s', (_name, startServer) => {
  let databases: TestDatabases;
  let address: string;
  let store: LineStore;

  beforeAll(async () => {
    databases = await TestDatabases.start(startServer);
  }, 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create();
    store = await openPostgresLineStore({ connectionString: address, sealer: createAesSealer() });
  });
  afterEach(() => store.close());

  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(ProductionError);
    expect(String(error)).not.toContain(MARKER);
    return error instanceof ProductionError ? error.code : '';
  };

  describe('batches', () => {
    const withWarning: InspectionReport = {
      ...sampleReport('pass'),
      checks: sampleReport('pass').checks.map((check) => ({ ...check, outcome: 'warning' })),
    };

    test('warnings are counted by check, when signed and when read, without what was found', async () => {
      await issueBlanks(store, ['0A', '0B', '0C']);
      await issueBlanks(store, ['1A'], 'lot-2');
      for (const [index, serial] of ['0A', '0B', '1A'].entries()) {
        await store.registerRecord(sampleRecord(`R${index}`));
        const claimed = await store.claimDocument({ station: STATION });
        const documentId = claimed!.documentId;
        await store.recordPrepared(
          samplePreparation(documentId, {
            warnings: [
              { check: 'TEST/one', file: 'EF.DG1' },
              { check: 'TEST/one', file: 'EF.DG1' },
              ...(serial === '0A' ? [{ check: 'TEST/three' }] : []),
            ],
          }),
        );
        const attemptId = await store.openAttempt(sampleIntent(documentId, serial));
        await store.recordInspection(attemptId, 'before-lock', withWarning);
        await store.recordEncoded(attemptId);
        await store.recordInspection(
          attemptId,
          'after-lock',
          serial === '0B' ? sampleReport('pass') : withWarning,
        );
        await store.release(attemptId);
      }
      expect(await store.findBatch('lot-1')).toEqual({
        lot: 'lot-1',
        chip: CHIP,
        cards: expect.objectContaining({ good: 2, issued: 1, spoiled: 0 }) as object,
        attempts: { open: 0, good: 2, spoiled: 0 },
        products: ['test-product'],
        warnings: [
          { check: 'TEST/one', file: 'EF.DG1', documents: 2, chips: 1 },
          { check: 'TEST/three', documents: 1, chips: 0 },
          { check: 'TEST/two', documents: 0, chips: 1 },
        ],
      });
      expect(await store.findBatch('lot-2')).toMatchObject({
        warnings: [
          { check: 'TEST/one', documents: 1, chips: 1 },
          { check: 'TEST/two', documents: 0, chips: 1 },
        ],
      });
    });

    test('are listed by pages, and one that nobody received is none', async () => {
      expect(await store.listBatches()).toEqual([]);
      await issueBlanks(store, ['0A', '0B']);
      await issueBlanks(store, ['1A'], 'lot-2');
      const [first, ...none] = await store.listBatches({ limit: 1 });
      expect(first).toMatchObject({ lot: 'lot-1', chip: CHIP, cards: { issued: 2, good: 0 } });
      expect(none).toEqual([]);
      expect(await store.listBatches({ after: 'lot-1' })).toMatchObject([{ lot: 'lot-2' }]);
      expect(await store.findBatch('lot-1')).toMatchObject({ warnings: [], products: [] });
      expect(await store.findBatch('lot-9')).toBeUndefined();
    });
  });

  describe('records', () => {
    test('the same record pulled twice is one document', async () => {
      const first = await store.registerRecord(sampleRecord('R1'));
      const second = await store.registerRecord(sampleRecord('R1'));
      expect(first.outcome).toBe('registered');
      expect(second).toEqual({ outcome: 'already-known', documentId: first.documentId });
      expect(await store.listDocuments()).toHaveLength(1);
    });

    test('pulled by two programs at once it is one document too', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, () => store.registerRecord(sampleRecord('R1'))),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'registered')).toHaveLength(1);
      expect(await store.listDocuments()).toHaveLength(1);
    });

    test('the same version with other content is refused', async () => {
      await store.registerRecord(sampleRecord('R1'));
      const changed = sampleRecord('R1', { dateOfBirth: '1990-01-02' });
      expect(await codeOf(store.registerRecord(changed))).toBe('RECORD_CHANGED');
    });

    test('a higher version supersedes, a lower one comes too late', async () => {
      const first = await store.registerRecord(sampleRecord('R1', { recordVersion: 2 }));
      const second = await store.registerRecord(sampleRecord('R1', { recordVersion: 3 }));
      expect(second.outcome).toBe('registered');
      expect(await store.findDocument(first.documentId)).toMatchObject({
        state: 'refused',
        reasons: ['superseded by version 3 of the record'],
      });
      expect(await store.openRecord(first.documentId)).toBeUndefined();
      expect((await store.findDocumentByRecord('R1'))?.documentId).toBe(second.documentId);
      const late = store.registerRecord(sampleRecord('R1', { recordVersion: 1 }));
      expect(await codeOf(late)).toBe('RECORD_SUPERSEDED');
    });

    test('what a station has begun is not superseded', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await store.claimDocument({ station: STATION });
      const next = store.registerRecord(sampleRecord('R1', { recordVersion: 2 }));
      expect(await codeOf(next)).toBe('RECORD_IN_PRODUCTION');
    });

    test('a record with doubts is held until a person lets it go on', async () => {
      const hold = ['sex: does not agree with personalNumber'];
      const { documentId } = await store.registerRecord({ ...sampleRecord('R1'), hold });
      expect(await store.findDocument(documentId)).toMatchObject({ state: 'held', reasons: hold });
      expect(await store.claimDocument({ station: STATION })).toBeUndefined();
      await store.returnToApproved({ documentId, by: 'officer', reasons: ['checked'] });
      expect(await store.claimDocument({ station: STATION })).toMatchObject({ documentId });
    });

    test('a refusal is noted once and settled by the right record', async () => {
      const { source, place, sha256 } = sampleRecord('R1');
      const refusal = { source, place, sha256, recordId: 'R1', reasons: ['dateOfBirth: wrong'] };
      await store.recordRefusal(refusal);
      await store.recordRefusal(refusal);
      expect(await store.listRefusals()).toEqual([
        expect.objectContaining({ ...refusal, refusalId: 1 }),
      ]);
      await store.registerRecord(sampleRecord('R1'));
      expect(await store.listRefusals()).toEqual([]);
    });

    test('the record comes back as it went in, and lies sealed in between', async () => {
      const received = sampleRecord('R1');
      const { documentId } = await store.registerRecord(received);
      expect(await store.openRecord(documentId)).toEqual(received.record);
      const [row] = await runSql<{ sealed: Buffer }>(address, 'select sealed from holder_content');
      expect(row?.sealed.includes(MARKER)).toBe(false);
    });

    test('sealed content moved to another document does not open', async () => {
      const { documentId } = await store.registerRecord(sampleRecord('R1'));
      await store.registerRecord(sampleRecord('R2'));
      await runSql(
        address,
        `update holder_content set sealed =
          (select sealed from holder_content as other where other.document <> $1)
          where document = $1`,
        [documentId],
      );
      await expect(store.openRecord(documentId)).rejects.toThrow();
    });
  });

  describe('claims', () => {
    test('many stations at once get every document exactly once, the oldest first', async () => {
      for (let count = 0; count < 20; count++) {
        await store.registerRecord(sampleRecord(`R${count}`));
      }
      const claimed = await Promise.all(
        Array.from({ length: 24 }, (_, index) =>
          store.claimDocument({ station: `station-${index % 4}` }),
        ),
      );
      const numbers = claimed.flatMap((document) => document?.documentId ?? []);
      expect(numbers).toHaveLength(20);
      expect(new Set(numbers).size).toBe(20);
      await store.registerRecord(sampleRecord('next'));
      await store.registerRecord(sampleRecord('after'));
      const next = await store.claimDocument({ station: STATION });
      expect(next?.record.record.recordId).toBe('next');
    });

    test('a station may ask for one product', async () => {
      await store.registerRecord(sampleRecord('R1', { profile: 'one' }));
      await store.registerRecord(sampleRecord('R2', { profile: 'two' }));
      const claimed = await store.claimDocument({ station: STATION, product: 'two' });
      expect(claimed).toMatchObject({ product: 'two', spoiledAttempts: 0 });
      expect(await store.claimDocument({ station: STATION, product: 'two' })).toBeUndefined();
    });

    test('a station that starts again lets go of what it had not begun to write', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await store.registerRecord(sampleRecord('R2'));
      const prepared = await prepareNext(store);
      const claimed = await store.claimDocument({ station: STATION });
      expect(await store.releaseClaims(STATION)).toBe(2);
      expect(await store.findDocument(prepared)).toMatchObject({ state: 'approved' });
      expect((await store.claimDocument({ station: 'other' }))?.documentId).toBe(prepared);
      expect((await store.claimDocument({ station: 'other' }))?.documentId).toBe(
        claimed?.documentId,
      );
    });
  });

  describe('cards', () => {
    test('blanks go from receiving through the vault to a station', async () => {
      const chipSerials = ['0A01', '0A02'];
      await store.receiveCards({ lot: 'L', chip: CHIP, chipSerials, by: 'keeper' });
      await store.receiveCards({ lot: 'L', chip: CHIP, chipSerials, by: 'keeper' });
      expect(await store.findCard('0A01')).toMatchObject({ state: 'received', place: 'receiving' });
      await store.storeCards({ chipSerials, by: 'keeper' });
      await store.issueCards({ chipSerials, by: 'keeper', station: STATION });
      expect(await store.findCard('0A02')).toMatchObject({ state: 'issued', place: STATION });
      expect(await store.findCard('0A03')).toBeUndefined();
    });

    test('all cards of a movement move or none', async () => {
      await store.receiveCards({ lot: 'L', chip: CHIP, chipSerials: ['0A01'], by: 'keeper' });
      const movement = { chipSerials: ['0A01', '0A02'], by: 'keeper' };
      expect(await codeOf(store.storeCards(movement))).toBe('STATE_CONFLICT');
      expect(await store.findCard('0A01')).toMatchObject({ state: 'received' });
    });

    test('a serial comes into stock once, and only through the vault to a station', async () => {
      await issueBlanks(store, ['0A01']);
      const again = { lot: 'M', chip: CHIP, chipSerials: ['0A01'], by: 'keeper' };
      expect(await codeOf(store.receiveCards(again))).toBe('STATE_CONFLICT');
      await store.receiveCards({ lot: 'L', chip: CHIP, chipSerials: ['0A02'], by: 'keeper' });
      const jump = { chipSerials: ['0A02'], by: 'keeper', station: STATION };
      expect(await codeOf(store.issueCards(jump))).toBe('STATE_CONFLICT');
    });
  });

  describe('preparation', () => {
    test('a signature outside the use of its key is refused', async () => {
      await store.registerRecord(sampleRecord('R1'));
      const documentId = (await store.claimDocument({ station: STATION }))?.documentId ?? 0;
      const late = samplePreparation(documentId);
      const signature = { ...late.signature, signedAt: new Date('2026-04-02T00:00:00Z') };
      expect(await codeOf(store.recordPrepared({ ...late, signature }))).toBe(
        'SIGNER_OUTSIDE_PERIOD',
      );
      expect((await store.findDocument(documentId))?.state).toBe('approved');
    });

    test('a signer keeps its period', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await store.registerRecord(sampleRecord('R2'));
      await prepareNext(store);
      const documentId = (await store.claimDocument({ station: STATION }))?.documentId ?? 0;
      const stretched = { from: new Date('2026-01-01'), until: new Date('2030-01-01') };
      const preparation = samplePreparation(documentId, {
        signer: sampleSigner({ keyUse: stretched }),
      });
      expect(await codeOf(store.recordPrepared(preparation))).toBe('STATE_CONFLICT');
    });

    test('only the station that claimed it prepares it; the answer may get lost', async () => {
      await store.registerRecord(sampleRecord('R1'));
      const documentId = (await store.claimDocument({ station: STATION }))?.documentId ?? 0;
      const foreign = samplePreparation(documentId, { station: 'other' });
      expect(await codeOf(store.recordPrepared(foreign))).toBe('STATE_CONFLICT');
      const own = samplePreparation(documentId);
      await store.recordPrepared(own);
      await store.recordPrepared(own);
      const [row] = await runSql<{ count: number }>(
        address,
        'select count(*)::int as count from signature',
      );
      expect(row?.count).toBe(1);
    });

    test('what was prepared is returned, held, or refused, and erased then', async () => {
      for (const recordId of ['R1', 'R2', 'R3']) {
        await store.registerRecord(sampleRecord(recordId));
      }
      const move = { by: STATION, reasons: ['a reason'] };
      await store.returnToApproved({ ...move, documentId: await prepareNext(store) });
      await store.holdDocument({ ...move, documentId: await prepareNext(store) });
      await store.refuseDocument({ ...move, documentId: await prepareNext(store) });
      const documents = await store.listDocuments();
      expect(documents.map(({ state }) => state)).toEqual(['held', 'refused', 'approved']);
      const left = await runSql(address, "select from holder_content where kind = 'prepared'");
      expect(left).toHaveLength(0);
      await store.returnToApproved({ ...move, documentId: documents[0]?.documentId ?? 0 });
      expect(await store.listDocuments({ state: 'approved' })).toHaveLength(2);
    });
  });

  describe('attempts', () => {
    test('a good card: document released, card good, nothing prepared is left', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await issueBlanks(store, ['0A01']);
      const documentId = await prepareNext(store);
      const attemptId = await makeGood(store, documentId, '0A01');
      await store.release(attemptId);
      expect(await store.findDocument(documentId)).toMatchObject({
        state: 'released',
        attempts: [{ attemptId, chipSerial: '0A01', outcome: 'good', station: STATION }],
      });
      expect(await store.findCard('0A01')).toMatchObject({ state: 'good' });
      expect(
        await runSql(address, "select from holder_content where kind = 'prepared'"),
      ).toHaveLength(0);
    });

    test('no release without a passed inspection after the lock', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await issueBlanks(store, ['0A01']);
      const attemptId = await store.openAttempt(sampleIntent(await prepareNext(store), '0A01'));
      await store.recordInspection(attemptId, 'before-lock', sampleReport('pass'));
      await store.recordEncoded(attemptId);
      expect(await codeOf(store.release(attemptId))).toBe('STATE_CONFLICT');
      await store.recordInspection(attemptId, 'after-lock', sampleReport('pass'));
      await store.recordInspection(attemptId, 'after-lock', sampleReport('fail'));
      expect(await codeOf(store.release(attemptId))).toBe('STATE_CONFLICT');
    });

    test('a spoiled card is made good by a linked attempt on another', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await issueBlanks(store, ['0A01', '0A02']);
      const documentId = await prepareNext(store);
      const first = await store.openAttempt(sampleIntent(documentId, '0A01'));
      const reason = { code: 'CARD_LOST', reasons: ['while writing EF.DG2'] };
      await store.spoil(first, reason);
      await store.spoil(first, reason);
      expect(await store.findCard('0A01')).toMatchObject({ state: 'spoiled' });
      const again = await store.claimDocument({ station: STATION });
      expect(again).toMatchObject({ documentId, spoiledAttempts: 1 });
      await store.recordPrepared(samplePreparation(documentId));
      const second = await makeGood(store, documentId, '0A02');
      expect((await store.findDocument(documentId))?.attempts).toMatchObject([
        { attemptId: first, outcome: 'spoiled', reasonCode: 'CARD_LOST' },
        { attemptId: second, outcome: 'good' },
      ]);
      const [link] = await runSql(address, 'select remake_of from attempt where ordinal = 2');
      expect(link).toEqual({ remake_of: `${first}` });
    });

    test.each([
      ['is not in stock', '0AFF', {}],
      ['is still in the vault', '0A02', {}],
      ['was issued to another station', '0A03', {}],
      ['is of another chip type', '0A01', { chip: 'other-chip' }],
      ['was used before', '0A04', {}],
    ])('a card that %s is refused', async (_reason, chipSerial, change) => {
      await store.registerRecord(sampleRecord('R1'));
      await store.registerRecord(sampleRecord('R2'));
      await issueBlanks(store, ['0A01', '0A04']);
      const others = { chipSerials: ['0A02', '0A03'], by: 'keeper' };
      await store.receiveCards({ lot: 'lot-1', chip: CHIP, ...others });
      await store.storeCards(others);
      await store.issueCards({ chipSerials: ['0A03'], by: 'keeper', station: 'other' });
      const spoiled = await store.openAttempt(sampleIntent(await prepareNext(store), '0A04'));
      await store.spoil(spoiled, { code: 'CARD_MUTE', reasons: [] });
      const documentId = await prepareNext(store);
      const intent = sampleIntent(documentId, chipSerial, change);
      expect(await codeOf(store.openAttempt(intent))).toBe('STATE_CONFLICT');
      expect((await store.findDocument(documentId))?.state).toBe('prepared');
    });

    test('one card offered to two documents at once goes to one of them', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await store.registerRecord(sampleRecord('R2'));
      await issueBlanks(store, ['0A01']);
      const documents = [await prepareNext(store), await prepareNext(store)];
      const results = await Promise.allSettled(
        documents.map((documentId) => store.openAttempt(sampleIntent(documentId, '0A01'))),
      );
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await store.stockBalance()).discrepancies).toEqual([]);
    });

    test('after a crash the station finds what it had begun, with everything to go on', async () => {
      const received = sampleRecord('R1');
      await store.registerRecord(received);
      await issueBlanks(store, ['0A01']);
      const documentId = await prepareNext(store);
      const intent = sampleIntent(documentId, '0A01');
      const attemptId = await store.openAttempt(intent);
      expect(await store.openAttempt(intent)).toBe(attemptId);
      await store.recordInspection(attemptId, 'before-lock', sampleReport('pass'));
      expect(await store.releaseClaims(STATION)).toBe(0);
      expect(await store.openAttempts('other')).toEqual([]);
      expect(await store.openAttempts(STATION)).toEqual([
        {
          attemptId,
          documentId,
          product: 'test-product',
          documentState: 'encoding',
          chipSerial: '0A01',
          chip: CHIP,
          openedAt: expect.any(Date) as Date,
          scriptSha256: intent.scriptSha256,
          fileHashes: intent.fileHashes,
          inspections: [{ phase: 'before-lock', verdict: 'pass' }],
          record: received.record,
          content: samplePreparation(documentId).content,
        },
      ]);
    });
  });

  describe('questions', () => {
    test('the trace tells the whole life, the card included, and names nobody', async () => {
      await store.registerRecord(sampleRecord('R1'));
      await issueBlanks(store, ['0A01']);
      const documentId = await prepareNext(store);
      await makeGood(store, documentId, '0A01');
      const trace = await store.trace(documentId);
      expect(trace.map(({ subject, event }) => `${subject} ${event}`)).toEqual([
        'document approved',
        'card received',
        'card in-vault',
        'card issued',
        'document claimed',
        'signature signed',
        'document prepared',
        'attempt opened',
        'document encoding',
        'inspection pass',
        'document encoded',
        'inspection pass',
        'attempt good',
        'document released',
        'card good',
      ]);
      expect(JSON.stringify(trace)).not.toContain(MARKER);
      const kept = await runSql(address, 'select summary from inspection');
      expect(JSON.stringify(kept)).not.toContain(MARKER);
    });

    test('documents are listed in pages', async () => {
      for (const recordId of ['R1', 'R2', 'R3']) {
        await store.registerRecord(sampleRecord(recordId));
      }
      const first = await store.listDocuments({ limit: 2 });
      const second = await store.listDocuments({ after: first.at(-1)?.documentId ?? 0, limit: 2 });
      expect([...first, ...second].map(({ recordId }) => recordId)).toEqual(['R1', 'R2', 'R3']);
      expect(await store.findDocument(99)).toBeUndefined();
      expect(await store.trace(99)).toEqual([]);
    });

    test('the balance counts everything and adds up', async () => {
      for (const recordId of ['R1', 'R2', 'R3']) {
        await store.registerRecord(sampleRecord(recordId));
      }
      await issueBlanks(store, ['0A01', '0A02', '0A03', '0A04']);
      await makeGood(store, await prepareNext(store), '0A01');
      const spoiled = await store.openAttempt(sampleIntent(await prepareNext(store), '0A02'));
      await store.spoil(spoiled, { code: 'CARD_LOST', reasons: [] });
      await store.openAttempt(sampleIntent(await prepareNext(store), '0A03'));
      const balance = await store.stockBalance();
      expect(balance).toMatchObject({
        documents: { released: 1, encoding: 1, approved: 1, spoiled: 0 },
        cards: { good: 1, spoiled: 1, issued: 2 },
        attempts: { open: 1, good: 1, spoiled: 1 },
        refusals: 0,
        discrepancies: [],
      });
    });
  });

  test('a database that was not migrated is refused', async () => {
    const empty = await databases.create('template0');
    const opening = openPostgresLineStore({ connectionString: empty, sealer: createAesSealer() });
    expect(await codeOf(opening)).toBe('DATABASE_MISMATCH');
  });

  test('a connection that the server ends is replaced by the next', async () => {
    await store.registerRecord(sampleRecord('R1'));
    const admin = new Client({ connectionString: address });
    await admin.connect();
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await admin.end();
    expect(await store.listDocuments()).toHaveLength(1);
  });
});
