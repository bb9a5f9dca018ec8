import type { CustodyStore } from '../../document/custody/custody-store';
import type { Approval } from '../../document/custody/four-eyes';
import type { CscaKey } from '../../document/key-set';
import type { RotationLimits } from '../../document/custody/signer-store';
import { readDocumentSigner } from '../../signing/read-document-signer';
import type { IssuingTools } from '../issue-csca';
import { issueDocumentSigner } from '../issue-document-signer';
import type { IssuingPlan } from '../issuing-plan';

export interface NextSignerOrder extends RotationLimits {
  readonly csca: CscaKey;
  readonly algorithm: string;
  /** Begin of its periods. */
  readonly from: Date;
  readonly at: Date;
  readonly approval?: Approval;
}

/**
 * Makes the next document signer ahead of its time: key, certificate, and its place in the queue.
 * Its label carries its number, so that a key whose certificate was never recorded is in nobody's
 * way.
 */
export async function addNextSigner(
  plan: IssuingPlan,
  order: NextSignerOrder,
  tools: IssuingTools & { readonly custody: Pick<CustodyStore, 'signers'> },
): Promise<number> {
  const { csca, algorithm, from, at, approval, maxSignatures, maxDays } = order;
  const { signers } = tools.custody;
  const number = ((await signers.listSigners()).at(-1)?.number ?? 0) + 1;
  const keyLabel = await freeLabel(`dsc-${number}`, tools);
  const key = await issueDocumentSigner(plan, { keyLabel, algorithm, from, number, csca }, tools);
  const limits = {
    ...(maxSignatures !== undefined && { maxSignatures }),
    ...(maxDays !== undefined && { maxDays }),
  };
  return signers.addSigner(readDocumentSigner(key), { ...limits, at }, approval);
}

async function freeLabel(wish: string, { hsm }: IssuingTools): Promise<string> {
  for (let attempt = 1; attempt <= 100; attempt++) {
    const label = attempt === 1 ? wish : `${wish}-${attempt}`;
    if ((await hsm.findKey(label)) === undefined) return label;
  }
  throw new Error('a hundred keys were made for one signer');
}
