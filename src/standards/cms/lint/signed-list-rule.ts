import type { LintRule } from '../../pki/lint/lint-rule';
import type { Certificate } from '../../pki/certificate';
import type { SignedData, SignerInfo } from '../parse-signed-data';

/** The two kinds of lists that a State signs as SignedData [9303-12 §9, §10]. */
export type SignedListKind = 'master-list' | 'deviation-list';

/** What is demanded of both [9303-12 §9, §10]. */
export const EVERY_LIST: readonly SignedListKind[] = ['master-list', 'deviation-list'];

/** A signed list taken apart [9303-12 §9, §10]. */
export interface SignedListToLint {
  readonly kind: SignedListKind;
  readonly signedData: SignedData;
  /** The first signer, where there is one. */
  readonly signer: SignerInfo | undefined;
  /** The signer's certificate among those that travel along. */
  readonly certificate: Certificate | undefined;
}

/** One sentence of the profile of signed lists [9303-12 §9, §10]. */
export interface SignedListRule extends LintRule {
  readonly kinds: readonly SignedListKind[];
  /** @throws MalformedError when a member cannot be read, which counts as a fault. */
  readonly holds: (list: SignedListToLint) => boolean;
}
