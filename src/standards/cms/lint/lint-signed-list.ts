import { MalformedError } from '../../bytes/malformed';
import { applyRules, type LintFinding } from '../../pki/lint/lint-rule';
import { DEVIATION_LIST_OID } from '../deviation-list';
import { MASTER_LIST_OID } from '../master-list';
import { parseSignedData } from '../parse-signed-data';
import { findSignerCertificate } from '../verify-signed-data';
import type { SignedListKind, SignedListRule, SignedListToLint } from './signed-list-rule';
import { SIGNED_LIST_RULES } from './signed-list-rules';

const KINDS: Readonly<Record<string, SignedListKind>> = {
  [MASTER_LIST_OID]: 'master-list',
  [DEVIATION_LIST_OID]: 'deviation-list',
};

/**
 * Takes a master list or deviation list apart [9303-12 §9, §10].
 *
 * @throws MalformedError when it is no SignedData, or one around something else.
 */
export function parseSignedList(bytes: Uint8Array): SignedListToLint {
  const signedData = parseSignedData(bytes);
  const kind = KINDS[signedData.contentType];
  if (kind === undefined) {
    throw new MalformedError('signed list', `${signedData.contentType} is no kind of list`);
  }
  const [signer] = signedData.signers;
  const certificate = signer && findSignerCertificate(signer, signedData.certificates);
  return { kind, signedData, signer, certificate };
}

/**
 * Holds a list against its profile. Whether its signature is right, and its signer a believed one,
 * are other questions [9303-12 §9, §10].
 */
export function lintSignedList(list: SignedListToLint): readonly LintFinding<SignedListRule>[] {
  const rules = SIGNED_LIST_RULES.filter(({ kinds }) => kinds.includes(list.kind));
  return applyRules(rules, (rule) => rule.holds(list));
}
