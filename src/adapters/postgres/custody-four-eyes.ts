import type {
  Approval,
  Custodian,
  FourEyesStore,
  NewProposal,
  Proposal,
  ProposalDecision,
  ProposalEnd,
} from '../../production/document/custody/four-eyes';
import { ProductionError } from '../../production/errors';
import { appendJournal } from './append-journal';
import type { Database, Transaction } from './database';

/** Custodians and proposals in PostgreSQL; the rules stand in 0009_four_eyes.sql and 0015_acts.sql. */
export function createFourEyesStore(database: Database): FourEyesStore {
  const run = <T>(place: string, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transaction(place, work);
  return {
    enrollCustodian: ({ name, publicKey, enrolledAt }, approval) =>
      run(`custodian ${name}`, async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        await transaction.rows(
          `insert into custodian (name, public_key, enrolled_at, proposal)
            values ($1, $2, $3, $4)`,
          [name, publicKey, enrolledAt, approval?.proposalId],
        );
      }),
    retireCustodian: (name, approval) =>
      run(`custodian ${name}`, async (transaction) => {
        await useProposal(transaction, approval);
        await transaction.rows(
          'insert into custodian_retirement (name, retired_at, proposal) values ($1, $2, $3)',
          [name, approval.at, approval.proposalId],
        );
      }),
    foundQuorum: (needed, at) =>
      run('quorum', async (transaction) => {
        await transaction.rows('insert into custody_quorum (needed, founded_at) values ($1, $2)', [
          needed,
          at,
        ]);
      }),
    quorum: () =>
      run('quorum', async (transaction) => {
        const rows = await transaction.rows<{ needed: number }>(
          'select needed from custody_quorum',
        );
        return rows[0]?.needed;
      }),
    listCustodians: () => run('custodians', listCustodians),
    propose: (proposal) => run('proposal', (transaction) => propose(transaction, proposal)),
    decide: (proposalId, decision) =>
      run(`proposal ${proposalId}`, (transaction) => decide(transaction, proposalId, decision)),
    findProposal: (proposalId) =>
      run(`proposal ${proposalId}`, async (transaction) => {
        const found = await readProposals(transaction, 'where p.id = $1', [proposalId]);
        return found[0];
      }),
    findOpenProposal: (sha256) =>
      run('proposals', async (transaction) => {
        const where = 'where e.proposal is null and p.sha256 = $1';
        return (await readProposals(transaction, where, [sha256])).at(-1);
      }),
    listOpenProposals: (now) =>
      run('proposals', async (transaction) => {
        await endExpired(transaction, now);
        return readProposals(transaction, 'where e.proposal is null', []);
      }),
  };
}

/**
 * Ends a proposal because it is carried out; refused unless it has its approvals. Of a ceremony, ends
 * the step that is carried out.
 */
export async function useProposal(
  transaction: Transaction,
  { proposalId, at, by, step }: Approval,
): Promise<void> {
  if (step !== undefined) {
    if (step.done !== undefined) await appendJournal(transaction, proposalId, step.done);
    return;
  }
  const ended = await transaction.rows(
    `insert into proposal_end (proposal, kind, ending, ended_at, by)
      select id, kind, 'used', $2, $3 from proposal where id = $1 returning proposal`,
    [proposalId, at, by],
  );
  if (ended.length === 0) throw noProposal(proposalId);
}

async function listCustodians(transaction: Transaction): Promise<readonly Custodian[]> {
  const rows = await transaction.rows<{
    name: string;
    public_key: Uint8Array;
    enrolled_at: Date;
    retired_at: Date | null;
  }>(
    `select name, public_key, enrolled_at, retired_at
      from custodian left join custodian_retirement using (name) order by name`,
  );
  return rows.map((row) => ({
    name: row.name,
    publicKey: new Uint8Array(row.public_key),
    enrolledAt: row.enrolled_at,
    ...(row.retired_at !== null && { retiredAt: row.retired_at }),
  }));
}

async function propose(transaction: Transaction, proposal: NewProposal): Promise<number> {
  const [row] = await transaction.rows<{ id: number }>(
    `insert into proposal (kind, subject, sha256, requested_by, requested_at, expires_at, needed,
        signature)
      values ($1, $2, $3, $4, $5, $6,
        greatest(coalesce((select needed from custody_quorum), 2), $8), $7)
      returning id`,
    [
      proposal.kind,
      proposal.subject,
      proposal.sha256,
      proposal.requestedBy,
      proposal.requestedAt,
      proposal.expiresAt,
      proposal.signature,
      proposal.needed ?? 0,
    ],
  );
  if (row === undefined) throw new Error('an insert returns its row');
  return row.id;
}

async function decide(
  transaction: Transaction,
  proposalId: number,
  { custodian, decision, decidedAt, signature }: ProposalDecision,
): Promise<void> {
  const rows = await transaction.rows(
    `insert into proposal_decision (proposal, custodian, requested_by, requested_at, expires_at,
        decision, decided_at, signature)
      select id, $2, requested_by, requested_at, expires_at, $3, $4, $5 from proposal where id = $1
      returning proposal`,
    [proposalId, custodian, decision, decidedAt, signature],
  );
  if (rows.length === 0) throw noProposal(proposalId);
}

async function endExpired(transaction: Transaction, now: Date): Promise<void> {
  await transaction.rows(
    `insert into proposal_end (proposal, kind, ending, ended_at, by)
      select id, kind, 'expired', $1, 'the clock' from proposal
        where expires_at < $1 and id not in (select proposal from proposal_end)
      on conflict do nothing`,
    [now],
  );
}

interface ProposalRow {
  readonly id: number;
  readonly kind: Proposal['kind'];
  readonly subject: string;
  readonly sha256: Uint8Array;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly expires_at: Date;
  readonly needed: number;
  readonly signature: Uint8Array;
  readonly ending: ProposalEnd['ending'] | null;
  readonly ended_at: Date;
  readonly by: string;
}

async function readProposals(
  transaction: Transaction,
  where: string,
  parameters: readonly unknown[],
): Promise<readonly Proposal[]> {
  const rows = await transaction.rows<ProposalRow>(
    `select p.*, e.ending, e.ended_at, e.by from proposal p
      left join proposal_end e on e.proposal = p.id ${where} order by p.id limit 1000`,
    parameters,
  );
  const decisions = await transaction.rows<{
    proposal: number;
    custodian: string;
    decision: ProposalDecision['decision'];
    decided_at: Date;
    signature: Uint8Array;
  }>(
    `select proposal, custodian, decision, decided_at, signature from proposal_decision
      where proposal = any($1::bigint[]) order by decided_at, custodian`,
    [rows.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    proposalId: row.id,
    kind: row.kind,
    subject: row.subject,
    sha256: new Uint8Array(row.sha256),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    needed: row.needed,
    signature: new Uint8Array(row.signature),
    decisions: decisions
      .filter(({ proposal }) => proposal === row.id)
      .map(({ custodian, decision, decided_at, signature }) => ({
        ...{ custodian, decision, decidedAt: decided_at, signature: new Uint8Array(signature) },
      })),
    ...(row.ending !== null && {
      end: { ending: row.ending, endedAt: row.ended_at, by: row.by },
    }),
  }));
}

function noProposal(proposalId: number): ProductionError {
  return new ProductionError('STATE_CONFLICT', `proposal ${proposalId}`, [
    'there is no such proposal',
  ]);
}
