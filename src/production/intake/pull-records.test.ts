import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { sampleWsq } from '../../standards/lds/testing/sample-pictures';
import { createPictureProcessor } from '../../adapters/pictures/picture-processor';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import { openPostgresLineStore } from '../../adapters/postgres/line-store';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import { createAesSealer } from '../../adapters/postgres/testing/aes-sealer';
import { openRecordSource } from '../../adapters/sources/open-record-source';
import type { LineStore } from '../document/line-store';
import { pullRecords, type PullSummary } from './pull-records';
import { loadProducts, PASSPORT_RECORD, VN_RECORD } from './testing/sample-records';

/** With the real parts on both sides: a folder of records, libvips and PostgreSQL. */
describe('a pull', () => {
  const products = loadProducts();
  const pictures = createPictureProcessor();
  let stopServer: () => Promise<void>;
  let store: LineStore;
  let folder: string;

  beforeAll(async () => {
    const server = await startEmbeddedPostgres();
    stopServer = () => server.stop();
    await migrateDatabase(server.connectionString);
    store = await openPostgresLineStore({
      connectionString: server.connectionString,
      sealer: createAesSealer(),
    });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await stopServer();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'persoline-pull-'));
    await mkdir(join(folder, 'pictures'));
    const plain = { width: 480, height: 640, channels: 3 as const, background: 'grey' };
    await sharp({ create: plain }).toFile(join(folder, 'pictures/portrait.jpg'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const pull = async (...lines: readonly (object | string)[]): Promise<PullSummary> => {
    const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    await writeFile(join(folder, 'records.ndjson'), `${texts.join('\n')}\n`);
    const source = await openRecordSource(folder);
    return pullRecords({ source, products, pictures, store });
  };
  const vn = (recordId: string, change: object = {}) => ({ ...VN_RECORD, recordId, ...change });

  test('takes what is right, refuses what is wrong, and goes on', async () => {
    const summary = await pull(
      vn('A1'),
      'not JSON',
      vn('A2', { sex: 'W', portrait: 'pictures/missing.jpg', dateOfExpiry: '2020-01-01' }),
      { ...PASSPORT_RECORD, recordId: 'A3' },
    );
    expect(summary).toEqual({
      registered: 2,
      alreadyKnown: 0,
      held: [],
      refused: [
        {
          place: 'records.ndjson:2',
          code: 'RECORD_INVALID',
          reasons: ['record: is not JSON'],
        },
        {
          place: 'records.ndjson:3',
          recordId: 'A2',
          code: 'RECORD_INVALID',
          reasons: [
            'sex: has to be one of M, F, X',
            'dateOfExpiry: is not after dateOfIssue',
            'portrait: a picture is missing, there is no such file',
          ],
        },
      ],
    });
    expect((await store.findDocumentByRecord('A1'))?.state).toBe('approved');
    const refusals = await store.listRefusals();
    expect(refusals.map(({ place }) => place)).toEqual(['records.ndjson:2', 'records.ndjson:3']);
  });

  test('twice changes nothing', async () => {
    await pull(vn('B1'), vn('B2'));
    expect(await pull(vn('B1'), vn('B2'))).toMatchObject({ registered: 0, alreadyKnown: 2 });
  });

  test('says which version of a record is not taken, and why', async () => {
    await pull(vn('C1', { recordVersion: 2 }));
    const changed = await pull(vn('C1', { recordVersion: 2, religion: 'Phật giáo' }));
    expect(changed.refused).toMatchObject([{ recordId: 'C1', code: 'RECORD_CHANGED' }]);
    const late = await pull(vn('C1', { recordVersion: 1 }));
    expect(late.refused).toMatchObject([{ recordId: 'C1', code: 'RECORD_SUPERSEDED' }]);
    const next = await pull(vn('C1', { recordVersion: 3, religion: 'Phật giáo' }));
    expect(next).toMatchObject({ registered: 1, refused: [] });
  });

  test('another portrait under the same version is other content', async () => {
    await pull(vn('D1'));
    const other = { width: 480, height: 640, channels: 3 as const, background: 'black' };
    await sharp({ create: other }).toFile(join(folder, 'pictures/portrait.jpg'));
    expect((await pull(vn('D1'))).refused).toMatchObject([{ code: 'RECORD_CHANGED' }]);
  });

  test('one version that stands twice is refused the second time', async () => {
    const summary = await pull(vn('E1'), vn('E1', { religion: 'Phật giáo' }), vn('E1'));
    expect(summary).toMatchObject({ registered: 1, alreadyKnown: 0 });
    expect(summary.refused.map(({ reasons }) => reasons)).toEqual([
      ['recordId: this version stands at records.ndjson:1 too'],
      ['recordId: this version stands at records.ndjson:1 too'],
    ]);
  });

  test('holds what raises doubts', async () => {
    const summary = await pull(vn('F1', { dateOfBirth: '1991-07-23' }));
    const document = await store.findDocumentByRecord('F1');
    expect(summary.held).toEqual([
      {
        place: 'records.ndjson:1',
        recordId: 'F1',
        documentId: document?.documentId,
        reasons: ['personalNumber: does not agree with the year of dateOfBirth'],
      },
    ]);
    expect(document?.state).toBe('held');
  });

  test.each([
    ['damaged', Buffer.from('not a picture'), 'PICTURE_UNREADABLE'],
    ['too large', Buffer.alloc(10 * 1024 * 1024 + 1), 'PICTURE_TOO_LARGE'],
  ])('a picture that is %s refuses its record', async (title, content, code) => {
    await writeFile(join(folder, 'pictures/portrait.jpg'), content);
    const recordId = `G-${title.replace(' ', '-')}`;
    expect((await pull(vn(recordId))).refused).toMatchObject([{ recordId, code }]);
  });

  test('pictures beyond the portrait are read and kept too', async () => {
    const print = sampleWsq({ widthPx: 300, heightPx: 400, ppi: 500 });
    await writeFile(join(folder, 'pictures/print.wsq'), print);
    await sharp(join(folder, 'pictures/portrait.jpg')).toFile(join(folder, 'pictures/sign.png'));
    const change = {
      fingerprints: [{ position: 'right-index', file: 'pictures/print.wsq' }],
      signature: 'pictures/sign.png',
    };
    expect(await pull(vn('H1', change))).toMatchObject({ registered: 1 });
    const documentId = (await store.findDocumentByRecord('H1'))?.documentId ?? 0;
    const stored = await store.openRecord(documentId);
    expect([...(stored?.pictures.keys() ?? [])].sort()).toEqual([
      'pictures/portrait.jpg',
      'pictures/print.wsq',
      'pictures/sign.png',
    ]);
    const unsigned = { ...change, signature: 'pictures/print.wsq' };
    expect((await pull(vn('H2', unsigned))).refused).toMatchObject([
      { code: 'PICTURE_UNREADABLE', reasons: [expect.stringMatching(/^signature: /)] },
    ]);
  });

  test('stops when the store is gone, and does not count that as a refusal', async () => {
    const server = await startEmbeddedPostgres();
    await migrateDatabase(server.connectionString);
    const gone = await openPostgresLineStore({
      connectionString: server.connectionString,
      sealer: createAesSealer(),
    });
    await server.stop();
    await writeFile(join(folder, 'records.ndjson'), JSON.stringify(vn('I1')));
    const source = await openRecordSource(folder);
    await expect(pullRecords({ source, products, pictures, store: gone })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await gone.close();
  });
});
