import { MalformedError } from '../../standards/bytes/malformed';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import type { KeySet } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Clock } from '../ports';
import { issueCscaRoot, type IssuingTools } from './issue-csca';
import { issueDocumentSigner } from './issue-document-signer';
import { type IssuingRequest, planIssuing } from './issuing-plan';

/** Curve and hash that Doc 9303 issuers in Europe mostly use; see docs/custodian.md. */
export const DEFAULT_ALGORITHM = 'ecdsa-brainpoolP256r1-sha256';

export interface TrialKeyRequest extends IssuingRequest {
  readonly algorithm?: string;
  /** Begin of all periods; now by default. */
  readonly from?: Date;
}

export interface TrialKeyTools extends IssuingTools {
  readonly clock: Clock;
}

/**
 * Makes a CSCA, a document signer under it and a key for sealing, for development and trials, by
 * the profile and the periods of Doc 9303-12.
 *
 * @throws ProductionError `USAGE` when the request is wrong, `SIGNATURE_WRONG`, or of the HSM.
 */
export async function issueTrialKeys(
  request: TrialKeyRequest,
  tools: TrialKeyTools,
): Promise<KeySet> {
  const plan = planIssuing(request);
  const algorithm = request.algorithm ?? DEFAULT_ALGORITHM;
  requireAlgorithm(algorithm);
  const from = request.from ?? tools.clock.now();
  const csca = await issueCscaRoot(plan, { keyLabel: 'csca-1', algorithm, from }, tools);
  const signer = await issueDocumentSigner(
    plan,
    { keyLabel: 'dsc-1', algorithm, from, number: 1, csca },
    tools,
  );
  const { label: storageKeyLabel } = await tools.hsm.generateSecretKey({
    label: 'storage-1',
    purpose: 'storage-wrap',
  });
  const { country, state } = request;
  return { country, state, csca, signers: [signer], storageKeyLabel };
}

function requireAlgorithm(name: string): void {
  try {
    parseSignatureAlgorithmName(name);
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('USAGE', cause.place, [cause.reason], { cause });
  }
}
