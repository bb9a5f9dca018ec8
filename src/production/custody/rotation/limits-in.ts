import type { ProposalSubject } from '../../document/custody/four-eyes';
import type { RotationLimits } from '../../document/custody/signer-store';

/** The limits of a signer as a proposal says them. */
export function limitsIn(subject: ProposalSubject['subject']): RotationLimits {
  const { maxSignatures, maxDays } = subject;
  return {
    ...(typeof maxSignatures === 'number' && { maxSignatures }),
    ...(typeof maxDays === 'number' && { maxDays }),
  };
}
