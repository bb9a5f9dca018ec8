import type { FourEyesStore, NewProposal } from '../../production/document/custody/four-eyes';
import { createHash } from 'node:crypto';
import { createFourEyesStore } from './custody-four-eyes';
import { createSignerStore } from './custody-signers';
import { openDatabase, type Database } from './database';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';

const at = new Date('2026-03-02T08:00:00Z');
const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);
const signature = Uint8Array.of(1);

function request(requestedBy: string, change: Partial<NewProposal> = {}): NewProposal {
  const subject = JSON.stringify({ signer: 14 });
  const sha256 = new Uint8Array(createHash('sha256').update(`cut-over\n${subject}`).digest());
  return {
    ...{ kind: 'cut-over', subject, sha256, requestedBy, requestedAt: at, expiresAt: later(72) },
    ...{ signature, ...change },
  };
}

describe.each(SERVERS)('four eyes in %s', (_, start) => {
  let databases: TestDatabases;
  let address: string;
  let database: Database;
  let store: FourEyesStore;
  const refused = { code: 'FOUR_EYES_REFUSED' };
  const approve = (proposalId: number, custodian: string, decidedAt = later(1)): Promise<void> =>
    store.decide(proposalId, { custodian, decision: 'approve', decidedAt, signature });
  const enroll = (name: string, approval?: Parameters<FourEyesStore['enrollCustodian']>[1]) =>
    store.enrollCustodian(
      { name, publicKey: new Uint8Array(Buffer.from(name)), enrolledAt: at },
      approval,
    );

  beforeAll(async () => {
    databases = await TestDatabases.start(start);
  }, 120_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create();
    database = openDatabase(address);
    store = createFourEyesStore(database);
    // Times are handed in.
    await createSignerStore(database).declareRehearsal();
    for (const name of ['an', 'binh', 'chi', 'dung']) await enroll(name);
    await store.foundQuorum(2, at);
  });
  afterEach(() => database.close());

  /** Inserts the end of a proposal as a program with a bug might. */
  const useIt = (proposal: number, hours = 2): Promise<unknown> =>
    runSql(
      address,
      `insert into proposal_end (proposal, kind, ending, ended_at, by)
        values ($1, 'cut-over', 'used', $2, 'x')`,
      [proposal, later(hours)],
    );

  it('lets a proposal be used once, when two others have approved it', async () => {
    const kind = 'retire-custodian';
    const subject = JSON.stringify({ name: 'dung' });
    const sha256 = new Uint8Array(createHash('sha256').update(`${kind}\n${subject}`).digest());
    const id = await store.propose(request('an', { kind, subject, sha256 }));
    const retire = () => store.retireCustodian('dung', { proposalId: id, at: later(2), by: 'x' });
    await approve(id, 'binh');
    await expect(retire()).rejects.toMatchObject({
      reasons: ['this proposal has too few approvals'],
    });
    await approve(id, 'chi');
    await retire();
    await expect(retire()).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    expect(await store.findProposal(id)).toMatchObject({
      requestedBy: 'an',
      needed: 2,
      decisions: [{ custodian: 'binh' }, { custodian: 'chi' }],
      end: { ending: 'used', by: 'x' },
    });
  });

  it('refuses nobody twice, nobody their own request, nobody from outside', async () => {
    const id = await store.propose(request('an'));
    await approve(id, 'binh');
    await expect(approve(id, 'binh')).rejects.toMatchObject(refused);
    await expect(approve(id, 'an')).rejects.toMatchObject(refused);
    await expect(approve(id, 'nobody')).rejects.toMatchObject(refused);
    await expect(store.propose(request('nobody'))).rejects.toMatchObject(refused);
    await expect(approve(id, 'chi', later(73))).rejects.toMatchObject(refused);
    await expect(approve(999, 'chi')).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    // Not even by naming another requester in the row.
    const forged = runSql(
      address,
      `insert into proposal_decision (proposal, custodian, requested_by, requested_at, expires_at,
          decision, decided_at, signature)
        select id, 'an', 'dung', requested_at, expires_at, 'approve', $2, '\\x01' from proposal
          where id = $1`,
      [id, later(1)],
    );
    await expect(forged).rejects.toMatchObject({ code: '23503' });
  });

  it('ends at one refusal, and when its time is over', async () => {
    const id = await store.propose(request('an'));
    await store.decide(id, {
      ...{ custodian: 'binh', decision: 'refuse', decidedAt: later(1), signature },
    });
    await expect(approve(id, 'chi')).rejects.toMatchObject(refused);
    expect(await store.findProposal(id)).toMatchObject({ end: { ending: 'refused', by: 'binh' } });
    const old = await store.propose(request('an'));
    await approve(old, 'binh');
    await approve(old, 'chi');
    await expect(useIt(old, 73)).rejects.toMatchObject({ message: 'this proposal has expired' });
    expect((await store.listOpenProposals(later(71))).map(({ proposalId }) => proposalId)).toEqual([
      old,
    ]);
    expect(await store.listOpenProposals(later(73))).toEqual([]);
    expect(await store.findProposal(old)).toMatchObject({ end: { ending: 'expired' } });
  });

  it('enrols and retires custodians by proposals only, and never below the quorum', async () => {
    await expect(enroll('giang')).rejects.toMatchObject(refused);
    const keyOf = (name: string) => Buffer.from(name).toString('hex').toUpperCase();
    const subjects: Partial<Record<NewProposal['kind'], object>> = {
      'cut-over': { signer: 1 },
      'enroll-custodian': { name: 'giang', key: keyOf('giang') },
    };
    const approval = async (
      kind: NewProposal['kind'],
      by: string,
      others: readonly string[],
      name = '',
    ) => {
      const subject = JSON.stringify(subjects[kind] ?? { name });
      const sha256 = new Uint8Array(createHash('sha256').update(`${kind}\n${subject}`).digest());
      const proposalId = await store.propose(request(by, { kind, subject, sha256 }));
      for (const name of others) await approve(proposalId, name);
      return { proposalId, at: later(2), by };
    };
    const wrongKind = await approval('cut-over', 'an', ['binh', 'chi']);
    await expect(enroll('giang', wrongKind)).rejects.toMatchObject({
      reasons: ['this is not what was approved'],
    });
    await enroll('giang', await approval('enroll-custodian', 'an', ['binh', 'chi']));
    const retiring = (name: string, by: string, others: readonly string[]) =>
      approval('retire-custodian', by, others, name);
    await store.retireCustodian('an', await retiring('an', 'binh', ['chi', 'giang']));
    await expect(store.propose(request('an'))).rejects.toMatchObject(refused);
    await store.retireCustodian('binh', await retiring('binh', 'chi', ['dung', 'giang']));
    const tooMany = await retiring('dung', 'chi', ['dung', 'giang']);
    await expect(store.retireCustodian('dung', tooMany)).rejects.toMatchObject(refused);
    expect(await store.findProposal(tooMany.proposalId)).not.toHaveProperty('end');
  });

  it('counts no approval of somebody who was retired since', async () => {
    const id = await store.propose(request('an'));
    await approve(id, 'binh');
    await approve(id, 'chi');
    const kind = 'retire-custodian';
    const subject = JSON.stringify({ name: 'chi' });
    const sha256 = new Uint8Array(createHash('sha256').update(`${kind}\n${subject}`).digest());
    const out = await store.propose(request('dung', { kind, subject, sha256 }));
    await approve(out, 'an');
    await approve(out, 'binh');
    await store.retireCustodian('chi', { proposalId: out, at: later(2), by: 'dung' });
    await expect(useIt(id, 3)).rejects.toMatchObject({
      message: 'this proposal has too few approvals',
    });
  });

  it('founds once, with one more custodian than approvals', async () => {
    await expect(store.foundQuorum(3, at)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    const other = openDatabase(await databases.create());
    const fresh = createFourEyesStore(other);
    await fresh.enrollCustodian({ name: 'an', publicKey: signature, enrolledAt: at });
    await expect(fresh.foundQuorum(2, at)).rejects.toMatchObject(refused);
    await fresh.enrollCustodian({ name: 'binh', publicKey: Uint8Array.of(2), enrolledAt: at });
    await expect(fresh.foundQuorum(1, at)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    expect(await fresh.quorum()).toBeUndefined();
    await other.close();
  });

  it.each(['proposal', 'proposal_decision', 'proposal_end', 'custodian', 'custody_quorum'])(
    'keeps every row of %s',
    async (table) => {
      await expect(runSql(address, `delete from ${table}`)).rejects.toMatchObject({
        code: 'PL002',
      });
      await expect(runSql(address, `truncate ${table} cascade`)).rejects.toMatchObject({
        code: 'PL002',
      });
    },
  );
});
