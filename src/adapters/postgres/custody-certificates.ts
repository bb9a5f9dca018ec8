import { createHash } from 'node:crypto';
import type {
  CertificateStore,
  IssuedCertificate,
} from '../../production/document/custody/certificate-store';
import { columnsOf } from './approval-columns';
import { useProposal } from './custody-four-eyes';
import type { Database } from './database';

/** Certificates of list signers and for terminals in PostgreSQL; see 0015_acts.sql. */
export function createCertificateStore(database: Database): CertificateStore {
  return {
    addCertificate: ({ kind, keyLabel, certificate, subject, issuedAt }, approval) =>
      database.transaction(`key ${keyLabel}`, async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        const sha256 = createHash('sha256').update(certificate).digest();
        await transaction.rows(
          `insert into issued_certificate (sha256, kind, key_label, certificate, subject, issued_at,
              proposal, step) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            ...[sha256, kind, keyLabel, certificate, JSON.stringify(subject), issuedAt],
            ...columnsOf(approval),
          ],
        );
      }),
    listCertificates: () =>
      database.transaction('certificates', async (transaction) => {
        const rows = await transaction.rows<{
          kind: IssuedCertificate['kind'];
          key_label: string;
          certificate: Uint8Array;
          subject: IssuedCertificate['subject'];
          issued_at: Date;
        }>('select * from issued_certificate order by issued_at, key_label');
        return rows.map((row) => ({
          ...{ kind: row.kind, keyLabel: row.key_label, subject: row.subject },
          ...{ certificate: new Uint8Array(row.certificate), issuedAt: row.issued_at },
        }));
      }),
  };
}
