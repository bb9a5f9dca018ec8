import { encodeBiometricGroup, parseBiometricGroup, type BiometricGroup } from './biometric-group';
import { LDS_FILE_TABLE } from './lds-file-table';

const { tag: TAG } = LDS_FILE_TABLE['EF.DG3'];

/**
 * EF.DG3 of a document without fingerprints: no sample, and content of the issuer in tag 53 so
 * that no two such groups have the same hash [9303-10 §4.7.3.2.2, table 50].
 *
 * @param issuerContent random bytes, other ones for every document
 */
export function encodeEmptyDg3(issuerContent: Uint8Array): Uint8Array {
  return encodeBiometricGroup(TAG, { templates: [], discretionary: issuerContent });
}

/** Reads the samples of EF.DG3 without looking into them [9303-10 §4.7.3]. @throws MalformedError */
export function parseDg3(bytes: Uint8Array): BiometricGroup {
  return parseBiometricGroup(bytes, TAG, 'EF.DG3');
}
