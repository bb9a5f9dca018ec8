import { findDerDifference } from '../../standards/asn1/find-der-difference';
import { ProductionError, type ErrorCode } from '../errors';
import type { Hsm } from '../ports';
import { throwAwayKey } from '../signing/throw-away-key';
import type { SigningKey } from './make-signing-key';

/** Something that a key of ours signs once and that others read for years. */
export interface WorkToSign {
  /** What it is, for errors: `dsc certificate`. */
  readonly what: string;
  readonly key: SigningKey;
  /** The whole as DER, signed by this signer. */
  readonly sign: (signer: Pick<Hsm, 'sign'>) => Promise<Uint8Array>;
  /** Everything that is against the profile, in words. */
  readonly faults: (der: Uint8Array) => readonly string[];
  /** Why its signature does not fit this key; undefined when it does. */
  readonly mismatch: (der: Uint8Array, publicKey: Uint8Array) => string | undefined;
  /** Where the signature stands, an index a level; -1 is the last. */
  readonly signatureAt: readonly number[];
  /** What is thrown for a fault. */
  readonly faulty: Extract<ErrorCode, 'CERTIFICATE_FAULTY' | 'LIST_FAULTY'>;
}

/**
 * Has a key that is thrown away sign a draft and holds it against the profile, when the real key
 * has signed nothing yet. What the real key then signed is held against the profile again,
 * compared with the draft byte by byte outside the signature, and verified before it is given out.
 *
 * @throws ProductionError `faulty` naming every rule that is not met, `SIGNATURE_WRONG`, or what
 * the HSM threw.
 */
export async function signAfterDraft(work: WorkToSign, hsm: Hsm): Promise<Uint8Array> {
  const { key } = work;
  const throwAway = await throwAwayKey(key.algorithm);
  const draft = await work.sign(throwAway.signer);
  requireProfile(work, draft);
  requireSignature(work, draft, throwAway.publicKey);
  const signed = await work.sign(hsm);
  requireProfile(work, signed);
  requireSignature(work, signed, key.publicKey);
  const difference = findDerDifference(draft, signed, work.signatureAt);
  if (difference !== undefined) {
    const reason = `the ${work.what} is not the draft at ${difference}`;
    throw new ProductionError('SIGNATURE_WRONG', `key ${key.keyLabel}`, [reason]);
  }
  return signed;
}

/** What Doc 9303 merely advises is demanded of what we issue as well. */
function requireProfile({ what, faulty, faults }: WorkToSign, der: Uint8Array): void {
  const reasons = faults(der);
  if (reasons.length > 0) throw new ProductionError(faulty, what, reasons);
}

function requireSignature(work: WorkToSign, der: Uint8Array, publicKey: Uint8Array): void {
  const reason = work.mismatch(der, publicKey);
  if (reason === undefined) return;
  throw new ProductionError('SIGNATURE_WRONG', `key ${work.key.keyLabel}`, [reason]);
}
