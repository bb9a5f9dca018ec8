import { DatabaseError } from 'pg';
import { CARD_LIFE_CYCLE, DOCUMENT_LIFE_CYCLE } from '../../production/document/life-cycle';
import type { LineStore } from '../../production/document/line-store';
import { openPostgresLineStore } from './line-store';
import { createAesSealer } from './testing/aes-sealer';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';
import {
  issueBlanks,
  makeGood,
  prepareNext,
  sampleIntent,
  sampleRecord,
  sampleReport,
} from './testing/sample-documents';

/**
 * What design calls the invariants, attacked with plain SQL as a bug in code might: each statement
 * must be refused by the database itself, by the named rule, and change nothing.
 */

interface Attack {
  readonly title: string;
  readonly sql: string;
  /** Name of the constraint, or SQLSTATE of our own trigger. */
  readonly refusedBy: string;
}

// Documents 1 released on 0A01, 2 encoding on 0A02, 3 prepared, 4 approved, 5 encoded on 0A05 with
// a failed inspection after the lock (id 4), 6 approved again after its attempt 4 on 0A06 was
// spoiled; attempts 1 good, 2 open, 3 open, 4 spoiled; blank 0A07 issued and never used.
const ATTACKS: readonly Attack[] = [
  // 1. At most one good card per document.
  {
    title: 'a second good attempt of a document',
    sql: `with next as (
        insert into attempt (document, ordinal, remake_of, signature, chip_serial, chip, station,
          script_sha256, file_hashes)
        select document, 2, 1, signature, '0A07', chip, station, script_sha256, file_hashes
        from attempt where id = 1 returning id)
      select from next`,
    refusedBy: 'remake_follows_spoiled',
  },
  {
    title: 'a second open attempt of a document',
    sql: `insert into attempt (document, ordinal, remake_of, signature, chip_serial, chip, station,
        script_sha256, file_hashes)
      select document, 2, 2, signature, '0A07', chip, station, script_sha256, file_hashes
      from attempt where id = 2`,
    refusedBy: 'one_open_attempt_per_document',
  },
  {
    title: 'a card declared good for a document that was made on another',
    sql: `update card set state = 'good', good_attempt = 1 where chip_serial = '0A07'`,
    refusedBy: 'good_by_its_good_attempt',
  },
  {
    title: 'two live documents of one record',
    sql: `insert into document (record_id, record_version, product, source, place, content_sha256,
        state_by)
      select record_id, 2, product, source, place, content_sha256, state_by
      from document where id = 4`,
    refusedBy: 'one_live_document_per_record',
  },
  // 2. A chip serial is personalized at most once.
  {
    title: 'a spoiled card used again',
    sql: `insert into attempt (document, ordinal, signature, chip_serial, chip, station,
        script_sha256, file_hashes)
      select 3, 1, (select id from signature where document = 3), '0A06', chip, station,
        script_sha256, file_hashes
      from attempt where id = 4`,
    refusedBy: 'one_attempt_per_card',
  },
  {
    title: 'a spoiled card back into the vault',
    sql: `update card set state = 'in-vault', place = 'vault' where chip_serial = '0A06'`,
    refusedBy: 'PL001',
  },
  {
    title: 'an attempt on a card that was never received',
    sql: `insert into attempt (document, ordinal, signature, chip_serial, chip, station,
        script_sha256, file_hashes)
      select 3, 1, (select id from signature where document = 3), '0AFF', chip, station,
        script_sha256, file_hashes
      from attempt where id = 1`,
    refusedBy: 'card_is_of_the_chip_type',
  },
  {
    title: 'an attempt on a card of another chip type',
    sql: `insert into attempt (document, ordinal, signature, chip_serial, chip, station,
        script_sha256, file_hashes)
      select 3, 1, (select id from signature where document = 3), '0A07', 'other-chip', station,
        script_sha256, file_hashes
      from attempt where id = 1`,
    refusedBy: 'card_is_of_the_chip_type',
  },
  {
    title: 'an attempt on another card than intended',
    sql: `update attempt set chip_serial = '0A07' where id = 2`,
    refusedBy: 'PL002',
  },
  // 3. Every blank in exactly one state and place.
  {
    title: 'a blank in a place that its state does not know',
    sql: `update card set place = 'vault' where chip_serial = '0A07'`,
    refusedBy: 'place_agrees_with_state',
  },
  {
    title: 'a state that does not exist',
    sql: `update card set state = 'lost' where chip_serial = '0A07'`,
    refusedBy: 'PL001',
  },
  {
    title: 'a blank issued without having been in the vault',
    sql: `insert into card (chip_serial, lot, chip, state, place, state_by)
      select '0A99', lot, chip, 'issued', place, state_by from card where chip_serial = '0A07'`,
    refusedBy: 'PL001',
  },
  {
    title: 'a card deleted',
    sql: `delete from card where chip_serial = '0A07'`,
    refusedBy: 'PL002',
  },
  {
    title: 'a card that becomes another',
    sql: `update card set chip_serial = '0A98' where chip_serial = '0A07'`,
    refusedBy: 'PL002',
  },
  {
    title: 'a card in a machine spoiled behind the back of its attempt',
    sql: `update card set state = 'spoiled' where chip_serial = '0A02'`,
    refusedBy: 'PL003',
  },
  {
    title: 'an attempt spoiled and its card still issued',
    sql: `update attempt set outcome = 'spoiled', spoil_code = 'X', closed_at = now()
      where id = 2`,
    refusedBy: 'PL003',
  },
  // 4. No release without a passed inspection.
  {
    title: 'a document released without a good attempt',
    sql: `update document set state = 'released', claimed_by = null, claimed_at = null
      where id = 5`,
    refusedBy: 'released_needs_good_attempt',
  },
  {
    title: 'a document released by the good attempt of another',
    sql: `update document set state = 'released', good_attempt = 1, claimed_by = null,
        claimed_at = null
      where id = 5`,
    refusedBy: 'released_by_its_good_attempt',
  },
  {
    title: 'an attempt good without an inspection',
    sql: `update attempt set outcome = 'good', closed_at = now() where id = 3`,
    refusedBy: 'good_needs_inspection',
  },
  {
    title: 'an attempt good by an inspection that failed',
    sql: `update attempt set outcome = 'good', closed_at = now(), good_inspection = (
        select id from inspection where attempt = 3 and phase = 'after-lock' and verdict = 'fail')
      where id = 3`,
    refusedBy: 'good_needs_passed_inspection_after_lock',
  },
  {
    title: 'an attempt good by an inspection before the lock',
    sql: `update attempt set outcome = 'good', closed_at = now(), good_inspection = (
        select id from inspection where attempt = 3 and phase = 'before-lock')
      where id = 3`,
    refusedBy: 'good_needs_passed_inspection_after_lock',
  },
  {
    title: "an attempt good by another card's inspection",
    sql: `update attempt set outcome = 'good', closed_at = now(), good_inspection = (
        select id from inspection where attempt = 1 and phase = 'after-lock')
      where id = 3`,
    refusedBy: 'good_needs_passed_inspection_after_lock',
  },
  {
    title: 'a failed inspection turned into a passed one',
    sql: `update inspection set verdict = 'pass' where verdict = 'fail'`,
    refusedBy: 'PL002',
  },
  {
    title: 'a state skipped',
    sql: `update document set state = 'encoded' where id = 3`,
    refusedBy: 'PL001',
  },
  {
    title: 'a document encoding without an attempt',
    sql: `update document set state = 'encoding' where id = 3`,
    refusedBy: 'PL003',
  },
  {
    title: 'a closed attempt opened again',
    sql: `update attempt set outcome = 'open', closed_at = null, spoil_code = null where id = 4`,
    refusedBy: 'PL002',
  },
  // 5. No signature by a key outside its period.
  {
    title: 'a signature after the use of its key',
    sql: `insert into signature (document, signer, use_from, use_until, valid_from, valid_until,
        signed_at, station, algorithm, sod_sha256, file_hashes)
      select document, signer, use_from, use_until, valid_from, valid_until,
        use_until + interval '1 second', station, algorithm, sod_sha256, file_hashes
      from signature where id = 1`,
    refusedBy: 'signed_inside_the_period_of_the_key',
  },
  {
    title: 'a signature before the use of its key',
    sql: `insert into signature (document, signer, use_from, use_until, valid_from, valid_until,
        signed_at, station, algorithm, sod_sha256, file_hashes)
      select document, signer, use_from, use_until, valid_from, valid_until,
        use_from - interval '1 second', station, algorithm, sod_sha256, file_hashes
      from signature where id = 1`,
    refusedBy: 'signed_inside_the_period_of_the_key',
  },
  {
    title: 'a signature with a period that is not its signer’s',
    sql: `insert into signature (document, signer, use_from, use_until, valid_from, valid_until,
        signed_at, station, algorithm, sod_sha256, file_hashes)
      select document, signer, use_from, use_until + interval '10 years', valid_from, valid_until,
        use_until + interval '1 year', station, algorithm, sod_sha256, file_hashes
      from signature where id = 1`,
    refusedBy: 'signature_signer_use_from_use_until_valid_from_valid_until_fkey',
  },
  {
    title: 'the period of a signer stretched',
    sql: `update signer set use_until = use_until + interval '1 year'`,
    refusedBy: 'PL002',
  },
  {
    title: 'a line of the ledger deleted',
    sql: `delete from signature where id = 1`,
    refusedBy: 'PL002',
  },
  // 6. What happened stays on record.
  { title: 'an event changed', sql: `update event set by = 'nobody'`, refusedBy: 'PL002' },
  { title: 'an event deleted', sql: `delete from event where id = 1`, refusedBy: 'PL002' },
  { title: 'the events truncated', sql: `truncate event`, refusedBy: 'PL002' },
  { title: 'everything truncated', sql: `truncate document, card cascade`, refusedBy: 'PL002' },
  { title: 'a document deleted', sql: `delete from document where id = 4`, refusedBy: 'PL002' },
  {
    title: 'a document that becomes another',
    sql: `update document set record_id = 'R9' where id = 4`,
    refusedBy: 'PL002',
  },
  {
    title: 'a life cycle with one more move',
    sql: `insert into card_move values ('spoiled', 'in-vault')`,
    refusedBy: 'PL002',
  },
  // Holder data is there exactly while it is needed.
  {
    title: 'the record of a waiting document erased',
    sql: `delete from holder_content where document = 4`,
    refusedBy: 'PL003',
  },
  {
    title: 'prepared content, with keys of a chip, kept after release',
    sql: `insert into holder_content values (1, 'prepared', '\\x00')`,
    refusedBy: 'PL003',
  },
  {
    title: 'a document made without a record',
    sql: `insert into document (record_id, record_version, product, source, place, content_sha256,
        state_by)
      select 'R9', 1, product, source, place, content_sha256, state_by from document where id = 4`,
    refusedBy: 'PL003',
  },
];

describe.each(SERVERS)('the invariants on %s', (_name, startServer) => {
  let databases: TestDatabases;
  let address: string;
  let store: LineStore;

  beforeAll(async () => {
    databases = await TestDatabases.start(startServer);
    address = await databases.create();
    store = await openPostgresLineStore({ connectionString: address, sealer: createAesSealer() });
    await fill(store);
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await databases.stop();
  });

  test('the story that the attacks start from is the one they name', async () => {
    const documents = await store.listDocuments();
    expect(documents.map(({ state }) => state)).toEqual([
      'released',
      'encoding',
      'prepared',
      'approved',
      'encoded',
      'approved',
    ]);
    expect((await store.stockBalance()).discrepancies).toEqual([]);
  });

  test.each(ATTACKS)('$title is refused', async ({ sql, refusedBy }) => {
    const before = await snapshot(address);
    const error = await runSql(address, sql).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(DatabaseError);
    const { code, constraint } = error as DatabaseError;
    expect([code, constraint]).toContain(refusedBy);
    expect(await snapshot(address)).toEqual(before);
  });

  test.each([
    ['document', DOCUMENT_LIFE_CYCLE],
    ['card', CARD_LIFE_CYCLE],
  ] as const)('the life cycle of a %s is the one of the code', async (subject, lifeCycle) => {
    const moves = await runSql<{ move: string }>(
      address,
      `select from_state || ' → ' || to_state as move from ${subject}_move`,
    );
    const states = await runSql<{ state: string }>(address, `select state from ${subject}_state`);
    const expected = Object.entries(lifeCycle).flatMap(
      ([from, next]: [string, readonly string[]]) => next.map((to) => `${from} → ${to}`),
    );
    expect(moves.map(({ move }) => move).sort()).toEqual(expected.sort());
    expect(states.map(({ state }) => state).sort()).toEqual(Object.keys(lifeCycle).sort());
  });
});

async function fill(store: LineStore): Promise<void> {
  for (let number = 1; number <= 6; number++)
    await store.registerRecord(sampleRecord(`R${number}`));
  await issueBlanks(store, ['0A01', '0A02', '0A05', '0A06', '0A07']);
  const numbers: number[] = [];
  for (let number = 1; number <= 6; number++) numbers.push(await prepareNext(store));
  const [first, second, , fourth, fifth, sixth] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  await store.returnToApproved({ documentId: fourth, by: 'test', reasons: [] });
  await makeGood(store, first, '0A01');
  await store.openAttempt(sampleIntent(second, '0A02'));
  const failing = await store.openAttempt(sampleIntent(fifth, '0A05'));
  await store.recordInspection(failing, 'before-lock', sampleReport('pass'));
  await store.recordEncoded(failing);
  await store.recordInspection(failing, 'after-lock', sampleReport('fail'));
  const spoiled = await store.openAttempt(sampleIntent(sixth, '0A06'));
  await store.spoil(spoiled, { code: 'CARD_LOST', reasons: [] });
}

/** Everything that an attack could have changed. */
async function snapshot(address: string): Promise<unknown> {
  const tables = ['document', 'card', 'attempt', 'inspection', 'signature', 'signer', 'event'];
  const counts = tables.map(
    (
      table,
    ) => `select '${table}' as name, md5(string_agg(${table}::text, '' order by ${table}::text))
      as content from ${table}`,
  );
  return runSql(address, counts.join(' union all '));
}
