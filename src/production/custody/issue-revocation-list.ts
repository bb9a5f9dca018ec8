import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import {
  assembleRevocationList,
  buildTbsRevocationList,
  type RevokedSerialNumber,
} from '../../standards/pki/build-revocation-list';
import { parseCertificate } from '../../standards/pki/certificate';
import { describeFinding } from '../../standards/pki/lint/describe-finding';
import { lintRevocationList } from '../../standards/pki/lint/lint-revocation-list';
import { parseRevocationList } from '../../standards/pki/revocation-list';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import type { CscaKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';
import { signAfterDraft } from './sign-after-draft';

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
 * The complete revocation list of a country, signed by its newest CSCA after a draft, held against
 * the profile and verified before it is given out [9303-12 §7.2].
 *
 * @throws ProductionError `USAGE` when it were valid for more than 90 days, `LIST_FAULTY`,
 * `SIGNATURE_WRONG`, or of the HSM.
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
  const { keyLabel, algorithm } = csca;
  const { signature } = parseSignatureAlgorithmName(algorithm);
  const tbs = buildTbsRevocationList({
    signature,
    csca: certificate,
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + validDays * DAY_MS),
    crlNumber: order.crlNumber,
    revoked: order.revoked,
  });
  return signAfterDraft(
    {
      ...{ what: 'revocation list', faulty: 'LIST_FAULTY', signatureAt: [2] },
      key: { keyLabel, algorithm, publicKey: certificate.publicKey },
      sign: async (signer) => {
        const request = { label: keyLabel, algorithm, message: tbs, purpose: 'crl-sign' } as const;
        return assembleRevocationList(tbs, signature, await signer.sign(request));
      },
      faults: (der) =>
        lintRevocationList({ list: parseRevocationList(der), csca: certificate }).map(
          describeFinding,
        ),
      mismatch: (der, publicKey) => {
        const verdict = verifyCertificateSignature(parseRevocationList(der), publicKey);
        return verdict.valid ? undefined : verdict.reason;
      },
    },
    hsm,
  );
}
