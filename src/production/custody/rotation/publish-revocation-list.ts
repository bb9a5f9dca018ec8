import { encodeHex } from '../../../standards/bytes/hex';
import { parseCertificate } from '../../../standards/pki/certificate';
import { parseRevocationList } from '../../../standards/pki/revocation-list';
import type {
  ManagedSigner,
  SignerStore,
  StoredRevocationList,
} from '../../document/custody/signer-store';
import type { CscaKey } from '../../document/key-set';
import type { Hsm } from '../../ports';
import { issueRevocationList } from '../issue-revocation-list';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Lists live up to 90 days; a new one comes well before, so that there is always one. */
const RENEW_DAYS = 60;
const VALID_DAYS = 90;

export type RevocationListNeed =
  | { readonly due: false; readonly nextAt: Date }
  | { readonly due: true; readonly reason: string; readonly lateBy?: number };

/**
 * Whether a new revocation list is due: there is none, it grows old, or a revocation is not in it,
 * which is to be published within 48 hours [9303-12 §7.2].
 */
export async function askForRevocationList(
  custody: { readonly signers: Pick<SignerStore, 'listSigners' | 'latestRevocationList'> },
  now: Date,
): Promise<RevocationListNeed> {
  const latest = await custody.signers.latestRevocationList();
  if (latest === undefined) return { due: true, reason: 'there is no revocation list yet' };
  // The list itself is asked: the clock by which somebody was revoked may have been slow.
  const listed = new Set(
    parseRevocationList(latest.der).revoked.map(({ serialNumber }) => encodeHex(serialNumber)),
  );
  const [first] = revokedOf(await custody.signers.listSigners(), now).filter(
    ({ serialNumber }) => !listed.has(encodeHex(serialNumber)),
  );
  if (first !== undefined) {
    const lateBy = Math.max(0, now.getTime() - first.revokedAt.getTime() - 48 * HOUR_MS);
    const reason = `DSC ${first.number} is revoked and not in the list`;
    return { due: true, reason, ...(lateBy > 0 && { lateBy }) };
  }
  const nextAt = new Date(latest.issuedAt.getTime() + RENEW_DAYS * DAY_MS);
  if (now < nextAt) return { due: false, nextAt };
  const lateBy = Math.max(0, now.getTime() - latest.nextUpdate.getTime());
  const reason = `the list is ${RENEW_DAYS} days old or older`;
  return { due: true, reason, ...(lateBy > 0 && { lateBy }) };
}

/** Issues the next revocation list over everything that is revoked, by the newest CSCA. */
export async function publishRevocationList(
  custody: {
    readonly signers: Pick<
      SignerStore,
      'listSigners' | 'latestRevocationList' | 'addRevocationList'
    >;
  },
  { csca, now }: { readonly csca: CscaKey; readonly now: Date },
  hsm: Hsm,
): Promise<StoredRevocationList> {
  const thisUpdate = new Date(now);
  thisUpdate.setUTCMilliseconds(0);
  const number = ((await custody.signers.latestRevocationList())?.number ?? 0) + 1;
  const revoked = revokedOf(await custody.signers.listSigners(), now);
  const der = await issueRevocationList(
    { csca, crlNumber: number, thisUpdate, validDays: VALID_DAYS, revoked },
    hsm,
  );
  const list: StoredRevocationList = {
    ...{ number, issuedAt: now, der, issuer: csca.certificate },
    nextUpdate: new Date(thisUpdate.getTime() + VALID_DAYS * DAY_MS),
  };
  await custody.signers.addRevocationList(list);
  return list;
}

/** What a list names: certificates that are revoked and have not expired. */
function revokedOf(signers: readonly ManagedSigner[], now: Date) {
  return signers.flatMap(({ number, signer, revokedAt }) =>
    revokedAt === undefined || signer.validity.until < now
      ? []
      : [{ number, serialNumber: parseCertificate(signer.certificate).serialNumber, revokedAt }],
  );
}
