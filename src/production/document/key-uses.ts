import type { KeyPurpose, KeyUse } from '../ports';

/** The one purpose that serves two uses: the CSCA signs its own revocation list [9303-12 §7.2]. */
const FURTHER_USES: Partial<Record<KeyPurpose, KeyUse>> = { 'csca-sign': 'crl-sign' };

/** Whether a key that was made for a purpose serves a use; see docs/adr/0006. */
export function servesUse(purpose: KeyPurpose, use: KeyUse): boolean {
  return purpose === use || FURTHER_USES[purpose] === use;
}
