import type { DocumentFinding } from '../document/document-finding';
import type { DocumentToLint } from '../document/document-lint';
import { judgeFiles } from './judge-files';
import { cardSecurityAgrees } from './checks/agreement/card-security';
import { sodSignature } from './checks/sod/sod-signature';

/** What a draft cannot answer: it has the signatures of a key that is in no certificate. */
const NOT_OF_DRAFTS = [sodSignature.id, cardSecurityAgrees.id];

/**
 * The checks of the judge as the lint of a document that is being made: the same questions, with
 * the CSCA of its own signer for trust. The signatures of a
 * draft are left to whoever made it.
 */
export function lintDocument({
  files,
  signer,
  at,
  stage,
}: DocumentToLint): readonly DocumentFinding[] {
  const { checks } = judgeFiles({ files, trust: { cscas: [signer.csca] }, at });
  return checks.flatMap(({ id, outcome, reason, title, file }) => {
    if (outcome !== 'fail' && outcome !== 'warning') return [];
    if (stage === 'draft' && NOT_OF_DRAFTS.includes(id)) return [];
    return {
      check: id,
      severity: outcome === 'fail' ? ('error' as const) : outcome,
      reason: reason ?? title,
      ...(file !== undefined && { file }),
    };
  });
}
