import { createHash } from 'node:crypto';
import type {
  ManagedSigner,
  RotationLimits,
  SignatureReservation,
  SignerState,
  SignerStore,
  StoredRevocationList,
} from '../../production/document/custody/signer-store';
import type { Approval } from '../../production/document/custody/four-eyes';
import type { DocumentSigner } from '../../production/document/signed-document';
import { columnsOf } from './approval-columns';
import { useProposal } from './custody-four-eyes';
import { recallDocuments } from './custody-recall';
import type { Database, Transaction } from './database';
import { enterSigner } from './record-prepared';
import { stateConflict } from './state-conflict';

/** Document signers in PostgreSQL; the rules stand in 0010_document_signers.sql and 0012_database_clock.sql. */
export function createSignerStore(database: Database): SignerStore {
  const run = <T>(place: string, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transaction(place, work);
  const move = (
    number: number,
    approval: Approval | undefined,
    work: (transaction: Transaction) => Promise<void>,
  ): Promise<void> =>
    run(`DSC ${number}`, async (transaction) => {
      await transaction.rows('select pg_advisory_xact_lock(7220233)');
      if (approval !== undefined) await useProposal(transaction, approval);
      await work(transaction);
    });
  return {
    addSigner: (signer, limits, approval) =>
      run('document signers', (transaction) =>
        addSigner(transaction, signer, { ...limits, ...(approval !== undefined && { approval }) }),
      ),
    listSigners: () => run('document signers', listSigners),
    reserveSignature: (wish) =>
      run('document signers', (transaction) => reserveSignature(transaction, wish)),
    declareRehearsal: () =>
      run('rehearsal', async (transaction) => {
        await transaction.rows('insert into rehearsal default values on conflict do nothing');
      }),
    isRehearsal: () =>
      run('rehearsal', async (transaction) => {
        const rows = await transaction.rows('select from rehearsal');
        return rows.length > 0;
      }),
    cutOver: (number, at, approval) =>
      move(number, approval, async (transaction) => {
        const rows = await transaction.rows(
          `update managed_signer set state = 'cut-over', cut_over_proposal = $3, cut_over_step = $4,
              cut_over_at = greatest($2, in_use_at, last_reserved_at)
            where number = $1 and state = 'in-use' returning number`,
          [number, at, ...columnsOf(approval)],
        );
        if (rows.length === 0) throw stateConflict(`DSC ${number}`, 'it is not in use');
      }),
    retireSigner: (number, at, approval) =>
      move(number, approval, async (transaction) => {
        const rows = await transaction.rows(
          `update managed_signer
            set state = 'retired', retired_at = $2, retire_proposal = $3, retire_step = $4
            where number = $1 and state in ('waiting', 'cut-over') returning number`,
          [number, at, ...columnsOf(approval)],
        );
        if (rows.length === 0) {
          throw stateConflict(`DSC ${number}`, 'it is in use, retired, or does not exist');
        }
      }),
    revokeSigner: (number, at, approval) =>
      move(number, approval, async (transaction) => {
        await transaction.rows(
          `insert into signer_revocation (number, revoked_at, proposal, step)
            values ($1, $2, $3, $4)`,
          [number, at, ...columnsOf(approval)],
        );
      }),
    recall: (number, visit) =>
      run(`DSC ${number}`, (transaction) => recallDocuments(transaction, number, visit)),
    countRecorded: () => run('document signers', countRecorded),
    addRevocationList: (list) =>
      run(`CRL ${list.number}`, async (transaction) => {
        await transaction.rows(
          `insert into revocation_list (number, issued_at, next_update, issuer, der)
            values ($1, $2, $3, $4, $5)`,
          [list.number, list.issuedAt, list.nextUpdate, list.issuer, list.der],
        );
      }),
    latestRevocationList: () => run('CRL', latestRevocationList),
  };
}

async function addSigner(
  transaction: Transaction,
  signer: DocumentSigner,
  order: RotationLimits & { readonly at: Date; readonly approval?: Approval },
): Promise<number> {
  await transaction.rows('select pg_advisory_xact_lock(7220233)');
  if (order.approval !== undefined) await useProposal(transaction, order.approval);
  const id = createHash('sha256').update(signer.certificate).digest();
  await enterSigner(transaction, signer, id);
  const [row] = await transaction.rows<{ number: number }>(
    `insert into managed_signer (number, signer, algorithm, max_signatures, max_days, added_at,
        add_proposal, add_step)
      select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7 from managed_signer
      returning number`,
    [
      id,
      signer.algorithm,
      order.maxSignatures,
      order.maxDays,
      order.at,
      ...columnsOf(order.approval),
    ],
  );
  if (row === undefined) throw new Error('an insert returns its row');
  return row.number;
}

async function reserveSignature(
  transaction: Transaction,
  { station, documentId, at }: Parameters<SignerStore['reserveSignature']>[0],
): Promise<SignatureReservation> {
  const [row] = await transaction.rows<
    SignerRow & { reservation: number; signer_number: number; at: Date }
  >(
    `select r.reservation, r.signer_number, r.at, m.*, s.*
      from reserve_signature($1, $2, $3) r
      join managed_signer m on m.number = r.signer_number
      join signer s on s.certificate_sha256 = m.signer`,
    [station, documentId, at],
  );
  if (row === undefined) throw new Error('a reservation returns its row');
  return {
    reservationId: row.reservation,
    number: row.signer_number,
    signer: toSigner(row),
    at: row.at,
  };
}

interface SignerRow {
  readonly key_label: string;
  readonly algorithm: string;
  readonly certificate: Uint8Array;
  readonly csca: Uint8Array;
  readonly use_from: Date;
  readonly use_until: Date;
  readonly valid_from: Date;
  readonly valid_until: Date;
}

interface ManagedRow extends SignerRow {
  readonly number: number;
  readonly state: SignerState;
  readonly reserved: number;
  readonly max_signatures: number | null;
  readonly max_days: number | null;
  readonly added_at: Date;
  readonly in_use_at: Date | null;
  readonly cut_over_at: Date | null;
  readonly retired_at: Date | null;
  readonly revoked_at: Date | null;
}

async function listSigners(transaction: Transaction): Promise<readonly ManagedSigner[]> {
  const rows = await transaction.rows<ManagedRow>(
    `select m.*, s.*, r.revoked_at from managed_signer m
      join signer s on s.certificate_sha256 = m.signer
      left join signer_revocation r on r.number = m.number order by m.number`,
  );
  return rows.map((row) => ({
    number: row.number,
    signer: toSigner(row),
    state: row.state,
    reserved: row.reserved,
    addedAt: row.added_at,
    ...(row.max_signatures !== null && { maxSignatures: row.max_signatures }),
    ...(row.max_days !== null && { maxDays: row.max_days }),
    ...(row.in_use_at !== null && { inUseAt: row.in_use_at }),
    ...(row.cut_over_at !== null && { cutOverAt: row.cut_over_at }),
    ...(row.retired_at !== null && { retiredAt: row.retired_at }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  }));
}

async function countRecorded(transaction: Transaction): Promise<ReadonlyMap<number, number>> {
  const rows = await transaction.rows<{ number: number; count: number }>(
    `select m.number, count(s.id) as count from managed_signer m
      left join signature s on s.signer = m.signer group by m.number`,
  );
  return new Map(rows.map(({ number, count }) => [number, count]));
}

async function latestRevocationList(
  transaction: Transaction,
): Promise<StoredRevocationList | undefined> {
  const [row] = await transaction.rows<{
    number: number;
    issued_at: Date;
    next_update: Date;
    issuer: Uint8Array;
    der: Uint8Array;
  }>('select * from revocation_list order by number desc limit 1');
  if (row === undefined) return undefined;
  return {
    number: row.number,
    issuedAt: row.issued_at,
    nextUpdate: row.next_update,
    issuer: new Uint8Array(row.issuer),
    der: new Uint8Array(row.der),
  };
}

function toSigner(row: SignerRow): DocumentSigner {
  return {
    keyLabel: row.key_label,
    algorithm: row.algorithm,
    certificate: new Uint8Array(row.certificate),
    csca: new Uint8Array(row.csca),
    keyUse: { from: row.use_from, until: row.use_until },
    validity: { from: row.valid_from, until: row.valid_until },
  };
}
