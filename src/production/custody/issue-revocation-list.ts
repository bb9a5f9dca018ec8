import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import {
  assembleRevocationList,
  buildTbsRevocationList,
  type RevokedSerialNumber,
} from '../../standards/pki/build-revocation-list';
import { parseCertificate } from '../../standards/pki/certificate';
import { parseRevocationList } from '../../standards/pki/revocation-list';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import type { CscaKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';

export interface RevocationListOrder {
  /** The country's newest CSCA. */
  readonly csca: CscaKey;
  readonly crlNumber: number;
  readonly thisUpdate: Date;
  /** At most 90, the default [9303-12 §7.2]. */
  readonly validDays?: number;
  /** Every certificate of the country that is revoked and has not expired. */
  readonly revoked: readonly RevokedSerialNumber[];
}

const MAX_VALID_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * The complete revocation list of a country, signed by its newest CSCA, read and verified before
 * it is given out [9303-12 §7.2].
 *
 * @throws ProductionError `USAGE` when it were valid for more than 90 days, `SIGNATURE_WRONG`, or
 * of the HSM.
 */
export async function issueRevocationList(
  order: RevocationListOrder,
  hsm: Hsm,
): Promise<Uint8Array> {
  const { csca, thisUpdate, validDays = MAX_VALID_DAYS } = order;
  if (!Number.isInteger(validDays) || validDays < 1 || validDays > MAX_VALID_DAYS) {
    throw new ProductionError('USAGE', 'revocation list', [
      `it is valid for 1 to ${MAX_VALID_DAYS} whole days`,
    ]);
  }
  const certificate = parseCertificate(csca.certificate, 'CSCA certificate');
  const { signature } = parseSignatureAlgorithmName(csca.algorithm);
  const tbs = buildTbsRevocationList({
    signature,
    csca: certificate,
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + validDays * DAY_MS),
    crlNumber: order.crlNumber,
    revoked: order.revoked,
  });
  const message = { label: csca.keyLabel, algorithm: csca.algorithm, message: tbs };
  const signed = await hsm.sign({ ...message, purpose: 'crl-sign' });
  const list = assembleRevocationList(tbs, signature, signed);
  const verdict = verifyCertificateSignature(parseRevocationList(list), certificate.publicKey);
  if (!verdict.valid) {
    throw new ProductionError('SIGNATURE_WRONG', `key ${csca.keyLabel}`, [verdict.reason]);
  }
  return list;
}
