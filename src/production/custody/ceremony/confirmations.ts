import { encodeHex, decodeHex } from '../../../standards/bytes/hex';
import { encodeUtf8 } from '../../../standards/bytes/text';
import { ProductionError } from '../../errors';
import { type PresentCustodian, verifyCustodian } from '../four-eyes/custodian-key';
import type { CeremonyFile } from './ceremony-file';
import type { JournalEntry } from './ceremony-journal';

export type Confirmation = Extract<JournalEntry, { event: 'confirmed' }>;

/** DER before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo. */
const ED25519_HEAD = decodeHex('302A300506032B6570032100');

/**
 * A custodian's signature over the hash of the ceremony file.
 *
 * @throws ProductionError `FOUR_EYES_REFUSED` when the file does not name this person and key, or
 * the person has confirmed already.
 */
export function confirmCeremony(
  file: CeremonyFile,
  given: {
    readonly custodian: PresentCustodian;
    readonly before: readonly Confirmation[];
    readonly rehearsal: boolean;
    readonly at: Date;
  },
): Confirmation {
  const { custodian, before, rehearsal } = given;
  const { name } = custodian;
  const listed = file.plan.confirm.custodians.find((one) => one.name === name);
  const reasons = [
    ...(listed === undefined ? [`${name} is not among the custodians of this file`] : []),
    ...(listed !== undefined && listed.key !== encodeHex(custodian.publicKey.subarray(-32))
      ? [`the key of ${name} is not the one in this file`]
      : []),
    ...(before.some((one) => one.custodian === name) ? [`${name} has confirmed already`] : []),
  ];
  if (reasons.length > 0) throw new ProductionError('FOUR_EYES_REFUSED', 'ceremony', reasons);
  const at = given.at.toISOString();
  const signature = custodian.sign(
    confirmationMessage(file.sha256, { custodian: name, at, rehearsal }),
  );
  return { event: 'confirmed', at, custodian: name, signature: encodeHex(signature) };
}

/** Those confirmations that are right: of a person in the file, once each, with a true signature. */
export function validConfirmations(
  { plan, sha256 }: CeremonyFile,
  confirmations: readonly Confirmation[],
  rehearsal: boolean,
): readonly Confirmation[] {
  return confirmations.filter((one, index) => {
    const listed = plan.confirm.custodians.find(({ name }) => name === one.custodian);
    const first = confirmations.findIndex(({ custodian }) => custodian === one.custodian) === index;
    if (listed === undefined || !first) return false;
    const publicKey = Uint8Array.of(...ED25519_HEAD, ...decodeHex(listed.key));
    const message = confirmationMessage(sha256, { ...one, rehearsal });
    return verifyCustodian(publicKey, message, decodeHex(one.signature));
  });
}

export function confirmationMessage(
  sha256: Uint8Array,
  given: { readonly custodian: string; readonly at: string; readonly rehearsal: boolean },
): Uint8Array {
  const kind = given.rehearsal ? 'rehearsal' : 'ceremony';
  return encodeUtf8(
    ['persoline ceremony 1', kind, encodeHex(sha256), given.custodian, given.at].join('\n'),
  );
}
