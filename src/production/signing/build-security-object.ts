import { digestBytes } from '../../standards/crypto/digest-algorithms';
import {
  encodeLdsSecurityObject,
  type LdsSecurityObject,
} from '../../standards/lds/lds-security-object';
import { ldsVersionDigits, unicodeVersionDigits } from '../../standards/lds/lds-version';
import { dataGroupNumber, type LdsFiles } from '../document/lds-files';
import type { ProductProfile } from '../profile/product';

/** What a product says of its EF.SOD. */
export type SigningRules = Pick<ProductProfile, 'lds' | 'signing'>;

/**
 * The DER of the LDS security object over every data group among the files. Each hash covers
 * exactly the bytes that will stand on the chip [9303-10 §4.6.2.3].
 */
export function buildSecurityObject(files: LdsFiles, rules: SigningRules): Uint8Array {
  const { digest, securityObjectVersion } = rules.signing;
  const hashes = new Map<number, Uint8Array>();
  for (const [name, bytes] of files) {
    const group = dataGroupNumber(name);
    if (group !== undefined) hashes.set(group, digestBytes(digest, bytes));
  }
  const object: LdsSecurityObject =
    securityObjectVersion === 0
      ? { version: 0, digest, hashes }
      : {
          version: 1,
          digest,
          hashes,
          ldsVersion: ldsVersionDigits(rules.lds.version),
          unicodeVersion: unicodeVersionDigits(rules.lds.unicodeVersion),
        };
  return encodeLdsSecurityObject(object);
}
