import { createHash } from 'node:crypto';
import type { Approval } from '../../production/document/custody/four-eyes';
import { PROPOSAL_KINDS } from '../../production/document/custody/four-eyes';
import { PROPOSAL_MEMBERS } from '../../production/custody/four-eyes/proposal-members';
import { createFourEyesStore } from './custody-four-eyes';
import { openDatabase } from './database';
import { FoundedCustody } from './testing/founded-custody';
import { sampleSigner } from './testing/sample-documents';
import { runSql, SERVERS, TestDatabases } from './testing/test-databases';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const hashOf = (der: Uint8Array): string =>
  createHash('sha256').update(der).digest('hex').toUpperCase();
const signerOf = (label: string) =>
  sampleSigner({ keyLabel: label, certificate: bytes(`certificate ${label}`) });
const cscaOf = (label: string) => ({
  ...{ keyLabel: label, algorithm: 'ecdsa-P-256-sha256', certificate: bytes(`CSCA ${label}`) },
});
const terminal = {
  ...{ name: 'UTISGATE00001', role: 'terminal', rights: 'dg3', above: 'UTDVPOL00001' },
  ...{ algorithm: 'ecdsa-P-256-sha256', from: '2026-03-02', days: 30 },
};
const refused = { code: 'FOUR_EYES_REFUSED' };
const inexact = (member: string) => ({
  ...{ code: 'FOUR_EYES_REFUSED', reasons: [`this is not exactly what was approved: ${member}`] },
});

describe.each(SERVERS)('acts of several people in %s', (_, start) => {
  let databases: TestDatabases;
  let custody: FoundedCustody;
  let address: string;

  beforeAll(async () => {
    databases = await TestDatabases.start(start);
  }, 120_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    address = await databases.create();
    custody = await FoundedCustody.found(address);
  });
  afterEach(() => custody.close());

  const at = new Date('2026-03-02T10:00:00Z');
  const addCsca = async (label = 'csca-1'): Promise<void> => {
    const csca = cscaOf(label);
    const asked = { csca: hashOf(csca.certificate) };
    await custody.cscas.addCsca(csca, at, await custody.approved('add-csca', asked));
  };
  const addSigner = async (label: string): Promise<number> =>
    custody.signers.addSigner(signerOf(label), { at }, await custody.approved('add-signer', {}));

  it('knows the members of the programs', async () => {
    const rows = await runSql<{
      kind: string;
      member: string | null;
      required: boolean;
      closed: boolean;
    }>(
      address,
      `select k.kind, m.member, coalesce(m.required, false) as required, k.closed
        from proposal_kind k left join proposal_member m using (kind)`,
    );
    const sorted = (kind: string, required: boolean) =>
      rows
        .filter((row) => row.kind === kind && row.required === required && row.member !== null)
        .map(({ member }) => member)
        .sort();
    expect([...new Set(rows.map(({ kind }) => kind))].sort()).toEqual([...PROPOSAL_KINDS].sort());
    for (const kind of PROPOSAL_KINDS) {
      const { required, optional = [], closed = true } = PROPOSAL_MEMBERS[kind];
      expect([kind, sorted(kind, true), sorted(kind, false)]).toEqual([
        ...[kind, [...required].sort(), [...optional].sort()],
      ]);
      expect(rows.find((row) => row.kind === kind)?.closed).toBe(closed);
    }
  });

  it.each([
    ['a member with a letter wrong', 'add-signer', { maxsignatures: 10 }],
    ['a member too few', 'destroy-key', { label: 'dsc-1' }],
    ['nothing of what it is about', 'retire-custodian', {}],
  ] as const)('takes no proposal with %s', async (_what, kind, subject) => {
    await expect(custody.propose(kind, subject)).rejects.toMatchObject(refused);
  });

  describe('does exactly what was approved', () => {
    type Act = (approval: Approval) => Promise<unknown>;
    const enroll =
      (name: string, key: string): Act =>
      (approval) =>
        custody.fourEyes.enrollCustodian(
          { name, publicKey: bytes(key.padEnd(32)), enrolledAt: at },
          approval,
        );
    const keyOf = (name: string) => Buffer.from(name.padEnd(32)).toString('hex').toUpperCase();
    const signer =
      (label: string, limits: object = {}): Act =>
      (approval) =>
        custody.signers.addSigner(signerOf(label), { ...limits, at }, approval);
    const destroy =
      (label: string, purpose: 'audit-sign' | 'dv-sign'): Act =>
      (approval) =>
        custody.destructions.begin({ label, purpose, begunAt: at, by: 'an' }, approval);
    const issue =
      (subject: object, kind: 'issue-list-signer' | 'issue-cv-certificate'): Act =>
      (approval) =>
        custody.certificates.addCertificate(
          {
            ...{ kind, keyLabel: 'new', certificate: bytes('new'), issuedAt: at },
            subject: { ...subject },
          },
          approval,
        );
    const imported = {
      ...{ label: 'dsc-gov', sha256: hashOf(signerOf('dsc-gov').certificate) },
      csca: hashOf(signerOf('dsc-gov').csca),
    };
    const list = { kind: 'master-list', label: 'ml-1', algorithm: 'ecdsa-P-256-sha256' };

    it.each([
      [
        'enroll-custodian',
        { name: 'giang', key: keyOf('giang') },
        enroll('giang', 'giang'),
        enroll('giang', 'other'),
        'key',
      ],
      [
        'enroll-custodian',
        { name: 'giang', key: keyOf('giang') },
        enroll('giang', 'giang'),
        enroll('other', 'giang'),
        'name',
      ],
      [
        'retire-custodian',
        { name: 'dung' },
        (approval: Approval) => custody.fourEyes.retireCustodian('dung', approval),
        (approval: Approval) => custody.fourEyes.retireCustodian('chi', approval),
        'name',
      ],
      [
        'add-csca',
        { csca: hashOf(cscaOf('a').certificate) },
        (approval: Approval) => custody.cscas.addCsca(cscaOf('a'), at, approval),
        (approval: Approval) => custody.cscas.addCsca(cscaOf('b'), at, approval),
        'csca',
      ],
      [
        'add-signer',
        { maxSignatures: 10, maxDays: 5 },
        signer('dsc-1', { maxSignatures: 10, maxDays: 5 }),
        signer('dsc-1', { maxSignatures: 11, maxDays: 5 }),
        'maxSignatures',
      ],
      [
        'add-signer',
        { maxSignatures: 10, maxDays: 5 },
        signer('dsc-1', { maxSignatures: 10, maxDays: 5 }),
        signer('dsc-1', { maxSignatures: 10 }),
        'maxDays',
      ],
      ['add-signer', {}, signer('dsc-1'), signer('dsc-1', { maxDays: 5 }), 'maxDays'],
      ['add-signer', { algorithm: 'rsa-3072-pss-sha256' }, undefined, signer('dsc-1'), 'algorithm'],
      [
        'import-signer',
        { ...imported, maxDays: 5 },
        signer('dsc-gov', { maxDays: 5 }),
        signer('dsc-gov'),
        'maxDays',
      ],
      ['import-signer', imported, signer('dsc-gov'), signer('dsc-other'), 'label'],
      [
        'import-signer',
        { ...imported, sha256: 'AB'.repeat(32) },
        undefined,
        signer('dsc-gov'),
        'sha256',
      ],
      [
        'import-signer',
        { ...imported, csca: 'AB'.repeat(32) },
        undefined,
        signer('dsc-gov'),
        'csca',
      ],
      [
        'destroy-key',
        { label: 'audit-1', purpose: 'audit-sign' },
        destroy('audit-1', 'audit-sign'),
        destroy('audit-2', 'audit-sign'),
        'label',
      ],
      [
        'destroy-key',
        { label: 'audit-1', purpose: 'audit-sign' },
        destroy('audit-1', 'audit-sign'),
        destroy('audit-1', 'dv-sign'),
        'purpose',
      ],
      [
        'issue-list-signer',
        list,
        issue(list, 'issue-list-signer'),
        issue({ ...list, label: 'ml-2' }, 'issue-list-signer'),
        'label',
      ],
      [
        'issue-cv-certificate',
        terminal,
        issue(terminal, 'issue-cv-certificate'),
        issue({ ...terminal, rights: 'dg3+dg4' }, 'issue-cv-certificate'),
        'rights',
      ],
      [
        'issue-cv-certificate',
        terminal,
        issue(terminal, 'issue-cv-certificate'),
        issue({ ...terminal, days: undefined }, 'issue-cv-certificate'),
        'days',
      ],
    ] as const)('%s of %j', async (...given) => {
      const [kind, subject, right, wrong, member] = given;
      const approval = await custody.approved(kind, subject);
      await expect(wrong(approval)).rejects.toMatchObject(inexact(member));
      if (right === undefined) return;
      // The refusal used nothing up; the act does, and there is no second.
      await right(approval);
      expect(await custody.fourEyes.findProposal(approval.proposalId)).toMatchObject({
        end: { ending: 'used' },
      });
      await expect(right(approval)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    });

    it.each(['cutOver', 'retireSigner', 'revokeSigner'] as const)('%s', async (act) => {
      const kind = {
        cutOver: 'cut-over',
        retireSigner: 'retire-signer',
        revokeSigner: 'revoke-signer',
      } as const;
      await addSigner('dsc-1');
      await addSigner('dsc-2');
      if (act === 'cutOver') await custody.signers.reserveSignature({ station: 's', at });
      const approval = await custody.approved(kind[act], { signer: 2 });
      await expect(custody.signers[act](1, at, approval)).rejects.toMatchObject(inexact('signer'));
      await expect(custody.signers[act](1, at)).rejects.toMatchObject(refused);
      const other = await custody.approved('roll-over-csca', {});
      await expect(custody.signers[act](1, at, other)).rejects.toMatchObject(refused);
      await custody.signers[act](1, at, await custody.approved(kind[act], { signer: 1 }));
    });

    it('rolls over with a link alone, to a key that was none before', async () => {
      await addCsca();
      const roll = async (csca: Parameters<typeof custody.cscas.addCsca>[0]) =>
        custody.cscas.addCsca(csca, at, await custody.approved('roll-over-csca', {}));
      const conflict = { code: 'STATE_CONFLICT' };
      await expect(roll(cscaOf('csca-2'))).rejects.toMatchObject(conflict);
      await roll({ ...cscaOf('csca-2'), link: bytes('link') });
      const again = { ...cscaOf('csca-1'), certificate: bytes('again'), link: bytes('link 2') };
      await expect(roll(again)).rejects.toMatchObject(conflict);
      await expect(custody.cscas.addCsca(cscaOf('csca-3'), at)).rejects.toMatchObject(conflict);
    });
  });

  it('lets a revocation end the use of a signer, and its limits, without another approval', async () => {
    const limits = { maxSignatures: 1 };
    const approval = await custody.approved('add-signer', limits);
    await custody.signers.addSigner(signerOf('dsc-1'), { ...limits, at }, approval);
    await addSigner('dsc-2');
    const reserve = () => custody.signers.reserveSignature({ station: 's', at });
    expect([(await reserve()).number, (await reserve()).number]).toEqual([1, 2]);
    await custody.signers.revokeSigner(
      2,
      at,
      await custody.approved('revoke-signer', { signer: 2 }),
    );
    expect((await custody.signers.listSigners()).map(({ state }) => state)).toEqual([
      ...['cut-over', 'cut-over'],
    ]);
  });

  it('ends keys in their order: retired, written down, destroyed, and never again', async () => {
    await addCsca();
    await addSigner('dsc-1');
    const begin = async (label: string, purpose: 'document-sign' | 'csca-sign') =>
      custody.destructions.begin(
        { label, purpose, begunAt: at, by: 'an' },
        await custody.approved('destroy-key', { label, purpose }),
      );
    await expect(begin('dsc-1', 'document-sign')).rejects.toMatchObject(refused);
    await expect(begin('csca-1', 'csca-sign')).rejects.toMatchObject(refused);
    await custody.signers.retireSigner(
      1,
      at,
      await custody.approved('retire-signer', { signer: 1 }),
    );
    await begin('dsc-1', 'document-sign');
    expect(await custody.destructions.listDestructions()).toEqual([
      { label: 'dsc-1', purpose: 'document-sign', begunAt: at, by: 'an' },
    ]);
    await custody.destructions.finish('dsc-1', at);
    await expect(custody.destructions.finish('dsc-1', at)).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    });
    const again = sampleSigner({ keyLabel: 'dsc-1', certificate: bytes('another') });
    await expect(
      custody.signers.addSigner(again, { at }, await custody.approved('add-signer', {})),
    ).rejects.toMatchObject({ reasons: ['the key of this label was destroyed'] });
    // Certificate and ledger stay.
    expect((await custody.signers.listSigners())[0]?.signer.keyLabel).toBe('dsc-1');
  });

  describe('the role of the programs', () => {
    const asProgram = async (sql: string): Promise<unknown> => {
      const url = new URL(address);
      url.searchParams.set('options', '-c search_path=persoline -c role=line_program');
      const { Client } = await import('pg');
      const client = new Client({ connectionString: url.toString() });
      await client.connect();
      try {
        return await client.query(sql);
      } finally {
        await client.end();
      }
    };

    beforeEach(async () => {
      await runSql(
        address,
        `do $$ begin create role line_program; exception when duplicate_object then null; end $$`,
      );
      await runSql(address, `select grant_application('line_program')`);
    });

    const REFUSALS = [
      // The rules themselves.
      `delete from proposal_member`,
      `insert into proposal_member (kind, member, required) values ('add-signer', 'x', false)`,
      `update proposal_kind set closed = false`,
      `alter table managed_signer disable trigger managed_signer_is_guarded`,
      `set session_replication_role = replica`,
      `drop trigger act_is_guarded on act`,
      `create or replace function persoline.is_used_now(asked bigint) returns boolean language sql as 'select true'`,
      `update custody_quorum set needed = 1`,
      `insert into custody_quorum (needed, founded_at) values (2, now())`,
      // Proposals and their approvals.
      `update proposal set needed = 1`,
      `update proposal_decision set decision = 'approve'`,
      `delete from proposal_end`,
      `insert into proposal_end (proposal, kind, ending, ended_at, by) values (APPROVED, 'revoke-signer', 'used', '2026-03-02 10:00Z', 'x')`,
      `insert into proposal_end (proposal, kind, ending, ended_at, by) values (HALF, 'revoke-signer', 'used', '2026-03-02 10:00Z', 'x')`,
      `insert into proposal (kind, subject, sha256, requested_by, requested_at, expires_at, needed, signature)
        select kind, subject, sha256, requested_by, requested_at, expires_at, 1, signature from proposal where id = APPROVED`,
      `insert into proposal_decision select HALF, 'dung', 'dung', requested_at, expires_at, 'approve', requested_at, 'x' from proposal where id = HALF`,
      `insert into act (proposal, kind) values (APPROVED, 'revoke-signer')`,
      // Acts without, beside or after an approval.
      `insert into signer_revocation (number, revoked_at) values (1, '2026-03-02 10:00Z')`,
      `insert into signer_revocation (number, revoked_at, proposal) values (1, '2026-03-02 10:00Z', APPROVED)`,
      `insert into signer_revocation (number, revoked_at, proposal, step) values (1, '2026-03-02 10:00Z', APPROVED, 0)`,
      `update managed_signer set state = 'retired', retired_at = now(), retire_proposal = APPROVED`,
      `update managed_signer set state = 'retired', retired_at = now()`,
      `update managed_signer set add_proposal = APPROVED`,
      `update managed_signer set max_signatures = 1000000`,
      `insert into custodian (name, public_key, enrolled_at) values ('eve', 'x', now())`,
      `insert into custodian_retirement (name, retired_at, proposal) values ('binh', now(), APPROVED)`,
      `insert into csca (number, key_label, algorithm, certificate, added_at) values (1, 'x', 'x', 'x', now())`,
      `insert into key_destruction (label, purpose, begun_at, by) values ('dsc-1', 'document-sign', now(), 'x')`,
      `insert into issued_certificate (sha256, kind, key_label, certificate, subject, issued_at)
        values (sha256('x'), 'issue-list-signer', 'x', 'x', '{}', now())`,
      `insert into ceremony (proposal, sha256, opened_at) values (APPROVED, sha256('x'), now())`,
    ];

    it('finds every way around closed', async () => {
      await addSigner('dsc-1');
      const { proposalId: approved } = await custody.approved('revoke-signer', { signer: 9 });
      const half = await custody.propose('revoke-signer', { signer: 1 }, 'dung');
      await custody.approve(half, 'binh');
      for (const sql of REFUSALS) {
        const text = sql.replaceAll('APPROVED', String(approved)).replaceAll('HALF', String(half));
        const code = await asProgram(text).then(
          () => 'done',
          (error: unknown) => (error as { readonly code: string }).code,
        );
        expect([text, code]).toEqual([
          text,
          // Our own rules, rights, keys and checks; never a mistake in the statement.
          expect.stringMatching(/^(PL00[1-4]|42501|23505|23503|23514)$/),
        ]);
      }
      // Nothing was used up, and nothing done.
      expect(await custody.fourEyes.findProposal(approved)).not.toHaveProperty('end');
      expect((await custody.signers.listSigners()).map(({ state }) => state)).toEqual(['waiting']);
    }, 60_000);

    it('uses nothing that has expired, whatever time it tells', async () => {
      const real = openDatabase(await databases.create());
      const fourEyes = createFourEyesStore(real);
      const now = new Date();
      const before = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
      for (const name of ['an', 'binh', 'chi']) {
        await fourEyes.enrollCustodian({ name, publicKey: bytes(name), enrolledAt: now });
      }
      await fourEyes.foundQuorum(2, now);
      const [kind, subject] = ['retire-custodian', JSON.stringify({ name: 'chi' })] as const;
      const sha256 = new Uint8Array(createHash('sha256').update(`${kind}\n${subject}`).digest());
      const asked = { kind, subject, sha256, requestedBy: 'an', signature: bytes('x') };
      const month = new Date(now.getTime() + 40 * 86_400_000);
      await expect(
        fourEyes.propose({ ...asked, requestedAt: now, expiresAt: month }),
      ).rejects.toMatchObject(refused);
      // Everything is said to have been in time; the clock of the database knows better.
      const times = { requestedAt: before(3), expiresAt: before(1) };
      const proposalId = await fourEyes.propose({ ...asked, ...times });
      const decision = {
        decision: 'approve',
        decidedAt: before(2),
        signature: bytes('x'),
      } as const;
      await expect(
        fourEyes.decide(proposalId, { ...decision, custodian: 'binh' }),
      ).rejects.toMatchObject({ reasons: ['this proposal has expired'] });
      await expect(
        fourEyes.retireCustodian('chi', { proposalId, at: before(2), by: 'an' }),
      ).rejects.toMatchObject({ reasons: ['this proposal has expired'] });
      await real.close();
    });
  });

  describe('a ceremony', () => {
    const sha256 = new Uint8Array(32).fill(7);
    const steps = [
      { do: 'make-audit-key', label: 'audit-1' },
      { do: 'add-signer', label: 'dsc-1', algorithm: 'ecdsa-P-256-sha256', maxDays: 5 },
    ] as const;
    const subject = {
      ceremony: 'c',
      sha256: Buffer.from(sha256).toString('hex').toUpperCase(),
      steps,
    };
    const now = at.toISOString();
    const opened = { event: 'opened', at: now, sha256: subject.sha256, rehearsal: false } as const;
    const begun = (step: number) => ({ event: 'begun', at: now, step, seed: 'AB' }) as const;
    const done = (step: number) => ({ event: 'done', at: now, step }) as const;
    const open = async (file = sha256): Promise<Approval> => {
      const approval = await custody.approved('hold-ceremony', subject);
      await custody.ceremonies.open({ sha256: file, entry: opened }, approval);
      return approval;
    };
    const entry = (
      approval: Approval,
      one: Parameters<ReturnType<typeof custody.ceremonies.journalOf>['append']>[0],
    ) => custody.ceremonies.journalOf(approval.proposalId).append(one);
    const act = (approval: Approval, limits: object, label = 'dsc-1') =>
      custody.signers.addSigner(
        signerOf(label),
        { ...limits, at },
        { ...approval, step: { index: 1, done: done(1) } },
      );

    it('is held once, by its file', async () => {
      const { proposalId } = await open();
      expect(await custody.ceremonies.findOpened(sha256)).toBe(proposalId);
      await expect(open()).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
      await expect(open(new Uint8Array(32))).rejects.toMatchObject({
        reasons: ['another ceremony file was approved'],
      });
    });

    it('takes its steps in their order, each once, each as it was approved', async () => {
      const approval = await open();
      await expect(entry(approval, done(0))).rejects.toMatchObject(refused);
      await expect(entry(approval, begun(1))).rejects.toMatchObject(refused);
      await entry(approval, begun(0));
      await expect(entry(approval, begun(0))).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
      await expect(act(approval, { maxDays: 5 })).rejects.toMatchObject(refused);
      await entry(approval, done(0));
      await expect(entry(approval, { event: 'closed', at: now })).rejects.toMatchObject(refused);
      await entry(approval, begun(1));
      // To say that it is done is not to do it.
      await expect(entry(approval, done(1))).rejects.toMatchObject({
        reasons: ['nothing was done of what was approved'],
      });
      await expect(act(approval, { maxDays: 6 })).rejects.toMatchObject(inexact('maxDays'));
      await expect(act(approval, { maxDays: 5 }, 'dsc-2')).rejects.toMatchObject(inexact('label'));
      await act(approval, { maxDays: 5 });
      await expect(act(approval, { maxDays: 5 })).rejects.toMatchObject(refused);
      await entry(approval, { event: 'closed', at: now });
      await expect(
        entry(approval, { event: 'interrupted', at: now, decision: '' }),
      ).rejects.toMatchObject(refused);
      const journal = await custody.ceremonies.journalOf(approval.proposalId).read();
      expect(journal.map(({ event }) => event)).toEqual([
        ...['opened', 'begun', 'done', 'begun', 'done', 'closed'],
      ]);
    });

    it('lends its approval to nothing that is no step of it', async () => {
      const approval = await open();
      await entry(approval, begun(0));
      const step = { ...approval, step: { index: 0 } };
      await expect(custody.signers.addSigner(signerOf('x'), { at }, step)).rejects.toMatchObject({
        reasons: ['this is not what was approved'],
      });
      await expect(
        custody.signers.addSigner(signerOf('x'), { at }, approval),
      ).rejects.toMatchObject({
        code: 'STATE_CONFLICT',
      });
    });
  });
});
