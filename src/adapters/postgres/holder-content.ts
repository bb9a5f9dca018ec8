import type { RecordWithPictures } from '../../production/document/approved-record';
import type { DocumentId } from '../../production/document/line-store';
import type { Transaction } from './database';
import { decodeRecordContent, encodeRecordContent } from './record-content';
import type { Sealer } from './sealer';

type Kind = 'record' | 'prepared';

/** Holder data of documents, sealed on the way in and opened on the way out. */
export class HolderContent {
  constructor(private readonly sealer: Sealer) {}

  async writeRecord(
    transaction: Transaction,
    documentId: DocumentId,
    record: RecordWithPictures,
  ): Promise<void> {
    await this.write(transaction, documentId, {
      kind: 'record',
      plaintext: encodeRecordContent(record),
    });
  }

  async writePrepared(
    transaction: Transaction,
    documentId: DocumentId,
    plaintext: Uint8Array,
  ): Promise<void> {
    await this.write(transaction, documentId, { kind: 'prepared', plaintext });
  }

  /** Undefined when it was erased. */
  async readRecord(
    transaction: Transaction,
    documentId: DocumentId,
  ): Promise<RecordWithPictures | undefined> {
    const bytes = await this.read(transaction, documentId, 'record');
    return bytes === undefined ? undefined : decodeRecordContent(bytes);
  }

  readPrepared(transaction: Transaction, documentId: DocumentId): Promise<Uint8Array | undefined> {
    return this.read(transaction, documentId, 'prepared');
  }

  async erase(
    transaction: Transaction,
    documentIds: readonly DocumentId[],
    kinds: readonly Kind[],
  ): Promise<void> {
    await transaction.rows(
      'delete from holder_content where document = any($1::bigint[]) and kind = any($2::text[])',
      [documentIds, kinds],
    );
  }

  private async write(
    transaction: Transaction,
    documentId: DocumentId,
    content: { readonly kind: Kind; readonly plaintext: Uint8Array },
  ): Promise<void> {
    const sealed = await this.sealer.seal(content.plaintext, contextOf(documentId, content.kind));
    await transaction.rows(
      'insert into holder_content (document, kind, sealed) values ($1, $2, $3)',
      [documentId, content.kind, sealed],
    );
  }

  private async read(
    transaction: Transaction,
    documentId: DocumentId,
    kind: Kind,
  ): Promise<Uint8Array | undefined> {
    const [row] = await transaction.rows<{ sealed: Uint8Array }>(
      'select sealed from holder_content where document = $1 and kind = $2',
      [documentId, kind],
    );
    return row === undefined
      ? undefined
      : this.sealer.open(new Uint8Array(row.sealed), contextOf(documentId, kind));
  }
}

/** Bound into the seal: what belongs to one document does not open as another's. */
function contextOf(documentId: DocumentId, kind: Kind): string {
  return `document ${documentId} ${kind}`;
}
