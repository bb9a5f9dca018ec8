import type {
  ClaimedDocument,
  DocumentId,
  DocumentMove,
  DocumentStore,
} from '../../production/document/line-store';
import type { DocumentState } from '../../production/document/life-cycle';
import type { Database, Transaction } from './database';
import type { HolderContent } from './holder-content';
import { recordPrepared } from './record-prepared';
import { findDocument, findDocumentByRecord, listDocuments, readTrace } from './document-queries';
import { stateConflict } from './state-conflict';

export function createDocumentStore(database: Database, content: HolderContent): DocumentStore {
  const inDocument = <Result>(
    documentId: DocumentId,
    work: (transaction: Transaction) => Promise<Result>,
  ) => database.transaction(`document ${documentId}`, work);
  const move = (change: DocumentMove, from: readonly DocumentState[], to: DocumentState) =>
    inDocument(change.documentId, (transaction) =>
      moveDocument(transaction, content, { ...change, from, to }),
    );
  return {
    claimDocument: (wish) =>
      database.transaction('documents waiting', (transaction) =>
        claimDocument(transaction, content, wish),
      ),
    releaseClaims: (station) =>
      database.transaction(`claims of ${station}`, (transaction) =>
        releaseClaims(transaction, content, station),
      ),
    recordPrepared: (preparation) =>
      inDocument(preparation.documentId, (transaction) =>
        recordPrepared(transaction, content, preparation),
      ),
    returnToApproved: (change) => move(change, ['prepared', 'held'], 'approved'),
    refuseDocument: (change) => move(change, ['approved', 'prepared', 'held'], 'refused'),
    holdDocument: (change) => move(change, ['approved', 'prepared'], 'held'),
    findDocument: (documentId) =>
      inDocument(documentId, (transaction) => findDocument(transaction, documentId)),
    findDocumentByRecord: (recordId) =>
      database.transaction('record', (transaction) => findDocumentByRecord(transaction, recordId)),
    listDocuments: (page) =>
      database.transaction('documents', (transaction) => listDocuments(transaction, page)),
    openRecord: (documentId) =>
      inDocument(documentId, (transaction) => content.readRecord(transaction, documentId)),
    trace: (documentId) =>
      inDocument(documentId, (transaction) => readTrace(transaction, documentId)),
  };
}

async function claimDocument(
  transaction: Transaction,
  content: HolderContent,
  wish: { readonly station: string; readonly product?: string },
): Promise<ClaimedDocument | undefined> {
  const ofProduct = wish.product === undefined ? '' : 'and product = $2';
  const [row] = await transaction.rows<{ id: number; product: string }>(
    `update document set claimed_by = $1, claimed_at = now()
      where id = (
        select id from document where state = 'approved' and claimed_by is null ${ofProduct}
        order by id limit 1 for update skip locked
      ) returning id, product`,
    wish.product === undefined ? [wish.station] : [wish.station, wish.product],
  );
  if (row === undefined) return undefined;
  const record = await content.readRecord(transaction, row.id);
  if (record === undefined) throw stateConflict(`document ${row.id}`, 'its record is erased');
  const spoiled = await transaction.rows(
    "select from attempt where document = $1 and outcome = 'spoiled'",
    [row.id],
  );
  return { documentId: row.id, product: row.product, record, spoiledAttempts: spoiled.length };
}

async function releaseClaims(
  transaction: Transaction,
  content: HolderContent,
  station: string,
): Promise<number> {
  const returned = await transaction.rows<{ id: number }>(
    `update document set state = 'approved', state_by = $1, claimed_by = null, claimed_at = null,
        state_reasons = array['the station started again']
      where claimed_by = $1 and state = 'prepared' returning id`,
    [station],
  );
  await content.erase(
    transaction,
    returned.map(({ id }) => id),
    ['prepared'],
  );
  const freed = await transaction.rows(
    `update document set claimed_by = null, claimed_at = null
      where claimed_by = $1 and state = 'approved' returning id`,
    [station],
  );
  return returned.length + freed.length;
}

/** A move that no card takes part in; the claim ends, and so does what was prepared. */
async function moveDocument(
  transaction: Transaction,
  content: HolderContent,
  move: DocumentMove & { readonly from: readonly DocumentState[]; readonly to: DocumentState },
): Promise<void> {
  const [document] = await transaction.rows<{ state: DocumentState }>(
    'select state from document where id = $1 for update',
    [move.documentId],
  );
  const place = `document ${move.documentId}`;
  if (document === undefined) throw stateConflict(place, 'there is no such document');
  if (document.state === move.to) return;
  if (!move.from.includes(document.state)) {
    throw stateConflict(place, `it is ${document.state}, not ${move.from.join(' or ')}`);
  }
  await transaction.rows(
    `update document set state = $2, state_by = $3, state_reasons = $4,
        claimed_by = null, claimed_at = null
      where id = $1`,
    [move.documentId, move.to, move.by, move.reasons],
  );
  await content.erase(transaction, [move.documentId], ['prepared']);
}
