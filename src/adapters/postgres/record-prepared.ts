import { createHash } from 'node:crypto';
import type { Preparation } from '../../production/document/line-store';
import type { DocumentState } from '../../production/document/life-cycle';
import type { DocumentSigner } from '../../production/document/signed-document';
import { equalBytes } from '../../standards/bytes/compare';
import type { Transaction } from './database';
import { encodeFileHashes } from './file-hashes';
import type { HolderContent } from './holder-content';
import { stateConflict } from './state-conflict';

/** approved → prepared, with signer, ledger entry and sealed content. */
export async function recordPrepared(
  transaction: Transaction,
  content: HolderContent,
  preparation: Preparation,
): Promise<void> {
  const { documentId, station, signature } = preparation;
  const [document] = await transaction.rows<{
    state: DocumentState;
    claimed_by: string | null;
    sod_sha256: Uint8Array | null;
  }>(
    `select state, claimed_by,
        (select sod_sha256 from signature where document = document.id order by id desc limit 1)
      from document where id = $1 for update of document`,
    [documentId],
  );
  const place = `document ${documentId}`;
  if (document?.claimed_by !== station) throw stateConflict(place, `${station} has no claim to it`);
  if (
    document.state === 'prepared' &&
    document.sod_sha256 !== null &&
    equalBytes(document.sod_sha256, signature.sodSha256)
  ) {
    return;
  }
  if (document.state !== 'approved') {
    throw stateConflict(place, `it is ${document.state}, not approved`);
  }
  await enterSignature(transaction, preparation);
  await content.writePrepared(transaction, documentId, preparation.content);
  await transaction.rows(
    `update document set state = 'prepared', state_by = $2, state_reasons = '{}' where id = $1`,
    [documentId, station],
  );
}

async function enterSignature(transaction: Transaction, preparation: Preparation): Promise<void> {
  const { signer, signature } = preparation;
  const signerId = createHash('sha256').update(signer.certificate).digest();
  await enterSigner(transaction, signer, signerId);
  const [entered] = await transaction.rows<{ id: number }>(
    `insert into signature (document, signer, use_from, use_until, valid_from, valid_until,
        signed_at, station, algorithm, sod_sha256, file_hashes, reservation)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      preparation.documentId,
      signerId,
      ...boundsOf(signer),
      signature.signedAt,
      preparation.station,
      signer.algorithm,
      signature.sodSha256,
      encodeFileHashes(preparation.fileHashes),
      signature.reservationId,
    ],
  );
  if (entered !== undefined) await enterWarnings(transaction, entered.id, preparation.warnings);
}

/** Once a check and file, however often it was said: what is counted is documents. */
async function enterWarnings(
  transaction: Transaction,
  signature: number,
  warnings: Preparation['warnings'] = [],
): Promise<void> {
  for (const { check, file } of warnings) {
    await transaction.rows(
      `insert into document_warning (signature, check_id, file) values ($1, $2, $3)
        on conflict do nothing`,
      [signature, check, file],
    );
  }
}

/** A signer that is known already stays as it is. */
export async function enterSigner(
  transaction: Transaction,
  signer: DocumentSigner,
  signerId: Uint8Array,
): Promise<void> {
  await transaction.rows(
    `insert into signer (certificate_sha256, use_from, use_until, valid_from, valid_until,
        certificate, csca, key_label)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (certificate_sha256) do nothing`,
    [signerId, ...boundsOf(signer), signer.certificate, signer.csca, signer.keyLabel],
  );
}

function boundsOf({ keyUse, validity }: DocumentSigner): readonly Date[] {
  return [keyUse.from, keyUse.until, validity.from, validity.until];
}
