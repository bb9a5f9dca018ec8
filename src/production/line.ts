import { lineForCard } from './card-keys-of-batch';
import type { CardFace } from './document/card-face';
import type { Holder } from './document/holder';
import type { ClaimedDocument, DocumentId } from './document/line-store';
import { encodePreparedContent } from './document/prepared-content';
import type { ChipKeys, SignedDocument } from './document/signed-document';
import { identifyChip } from './encoding/identify-chip';
import { requireBlank } from './encoding/probe-blank';
import { ProductionError } from './errors';
import type { Line, Station } from './line-parts';
import { makeChip, type ChipOutcome } from './make-chip';
import { makeKeysOnChip } from './make-keys-on-chip';
import { compileKeyScript, compileScript } from './personalization/compile-script';
import type { CardConnection } from './ports';
import { loadPair } from './profile/load-profiles';
import { hashFiles, prepareDocument, signatureOf, type PreparedDocument } from './prepare-document';

/** What became of a document that a station took; the card is named where one was touched. */
export type CardOutcome =
  | (Extract<ChipOutcome, { outcome: 'released' }> & MadeCard)
  | Extract<ChipOutcome, { outcome: 'spoiled' }>
  /** The record cannot become a card; no card was touched. */
  | {
      readonly outcome: 'refused';
      readonly documentId: DocumentId;
      readonly error: ProductionError;
    }
  /** Something else was in the way; the document is approved again and no card was written. */
  | {
      readonly outcome: 'returned';
      readonly documentId: DocumentId;
      readonly error: ProductionError;
    };

export interface MadeCard {
  readonly product: string;
  readonly chip: string;
  readonly holder: Holder;
  readonly face: CardFace;
  readonly document: SignedDocument;
}

/**
 * One card's way, from the next approved record to a released card: docs/flow.md tells it in words.
 * Undefined when no document waits.
 *
 * @throws ProductionError when the world failed so that nothing more can be said, above all when
 * the database is gone: document and attempt stay as they are, and `recoverStation` takes them up.
 */
export async function makeNextCard(line: Line, station: Station): Promise<CardOutcome | undefined> {
  const claimed = await line.store.claimDocument({
    station: station.name,
    ...(station.product !== undefined && { product: station.product }),
  });
  if (claimed === undefined) return undefined;
  const { documentId } = claimed;

  const met = await orError(() => prepareForCard(line, station, claimed));
  if (met instanceof ProductionError) return giveBack(line, station, documentId, met);
  const { prepared, connection } = met;
  const begun = await orError(() => begin(line, station, { documentId, prepared, connection }));
  if (begun instanceof ProductionError) {
    await connection.disconnect();
    return giveBack(line, station, documentId, begun);
  }
  const made = await makeChip(begun.line, station, { work: begun.work, connection });
  if (made.outcome === 'spoiled') return made;
  const { product, chip, holder, face, document } = prepared;
  return { ...made, product: product.name, chip: chip.name, holder, face, document };
}

/**
 * A prepared document and a card for it. The document comes first, so that whatever is wrong with
 * it costs no card; only a chip that makes its own keys has to lie in the reader before.
 */
async function prepareForCard(
  line: Line,
  station: Station,
  claimed: ClaimedDocument,
): Promise<{ readonly prepared: PreparedDocument; readonly connection: CardConnection }> {
  const { documentId, product } = claimed;
  const pair = await loadPair(line.profiles, {
    product,
    ...(station.chip !== undefined && { chip: station.chip }),
  });
  const connect = (): Promise<CardConnection> => {
    line.onProgress?.({ documentId, stage: 'probing' });
    return station.reader.connect({ timeoutMs: station.cardTimeoutMs });
  };
  const script = compileKeyScript(pair);
  if (script === undefined) {
    const prepared = await prepare(line, station, claimed);
    return { prepared, connection: await connect() };
  }
  const connection = await connect();
  try {
    const { serial } = await identifyChip(connection);
    await connection.reset();
    const given = { connection, chip: pair.chip, script };
    const onChip = await makeKeysOnChip(await lineForCard(line, serial, pair.chip), given);
    return { prepared: await prepare(line, station, { ...claimed, onChip }), connection };
  } catch (error) {
    await connection.disconnect();
    throw error;
  }
}

/** approved → prepared: holder, files, signature and face. */
async function prepare(
  line: Line,
  station: Station,
  { documentId, product, record, onChip }: ClaimedDocument & { readonly onChip?: ChipKeys },
): Promise<PreparedDocument> {
  line.onProgress?.({ documentId, stage: 'preparing' });
  const prepared = await prepareDocument(
    {
      ...{ record, product, turn: { station: station.name, documentId } },
      ...(onChip && { onChip }),
      ...(station.chip !== undefined && { chip: station.chip }),
    },
    line,
  );
  const { document, chip } = prepared;
  await line.store.recordPrepared({
    documentId,
    station: station.name,
    signer: document.signer,
    signature: signatureOf(prepared),
    fileHashes: hashFiles(document.files),
    ...(document.warnings && { warnings: document.warnings }),
    content: encodePreparedContent({ product, chip: chip.name, document }),
  });
  return prepared;
}

/** prepared → encoding: a blank card of the right type, and the intent committed. */
async function begin(
  line: Line,
  station: Station,
  given: {
    readonly documentId: DocumentId;
    readonly prepared: PreparedDocument;
    readonly connection: CardConnection;
  },
) {
  const { documentId, prepared, connection } = given;
  const { product, chip, document } = prepared;
  const script = compileScript({ document, product, chip });
  const { serial: chipSerial } = await identifyChip(connection);
  await connection.reset();
  await requireBlank(connection, chip);
  await connection.reset();
  const lineWithKeys = await lineForCard(line, chipSerial, chip);
  const attemptId = await line.store.openAttempt({
    documentId,
    chipSerial,
    chip: chip.name,
    station: station.name,
    scriptSha256: script.sha256,
    fileHashes: hashFiles(document.files),
  });
  const { csca } = document.signer;
  const work = { attemptId, documentId, chipSerial, chip, document, csca, script };
  return { work, line: lineWithKeys };
}

/**
 * A document that came to no card: back to the register when the record is at fault, otherwise
 * approved again for the next try.
 */
async function giveBack(
  line: Line,
  station: Station,
  documentId: DocumentId,
  error: ProductionError,
): Promise<CardOutcome> {
  const reasons = [`${error.code}: ${error.place}`, ...error.reasons];
  if (error.consequence === 'return-record') {
    await line.store.refuseDocument({ documentId, by: station.name, reasons });
    line.onProgress?.({ documentId, stage: 'refused' });
    return { outcome: 'refused', documentId, error };
  }
  await line.store.releaseClaims(station.name);
  return { outcome: 'returned', documentId, error };
}

/** The world's failures as values, but for the database's: without it nothing can be decided. */
async function orError<T>(work: () => Promise<T>): Promise<T | ProductionError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProductionError && error.code !== 'DATABASE_UNAVAILABLE') return error;
    throw error;
  }
}
