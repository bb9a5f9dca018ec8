import type { Certificate } from '../certificate';
import type { RevocationList } from '../revocation-list';
import type { LintRule } from './lint-rule';

/** A revocation list, and the CSCA that signed it where that is known [9303-12 §7.2]. */
export interface RevocationListToLint {
  readonly list: RevocationList;
  readonly csca?: Certificate;
}

/** One sentence of the profile of revocation lists [9303-12 §7.2]. */
export interface RevocationListRule extends LintRule {
  /**
   * What is asked about a CSCA that is not known holds.
   *
   * @throws MalformedError when a member cannot be read, which counts as a fault.
   */
  readonly holds: (subject: RevocationListToLint) => boolean;
}
