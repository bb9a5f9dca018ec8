import { BAD_BIOMETRIC_SETS } from './bad-biometric-sets';
import { BAD_CERTIFICATE_SETS } from './bad-certificate-sets';
import { BAD_FILE_SETS } from './bad-file-sets';
import { BAD_MRZ_SETS } from './bad-mrz-sets';
import { BAD_SAMPLE_SETS } from './bad-sample-sets';
import { BAD_SECURITY_SETS } from './bad-security-sets';
import { BAD_SOD_SETS } from './bad-sod-sets';
import type { BadSet } from './card-set';

/** Every set that is wrong in exactly one way. */
export const BAD_SETS: readonly BadSet[] = [
  ...BAD_FILE_SETS,
  ...BAD_MRZ_SETS,
  ...BAD_BIOMETRIC_SETS,
  ...BAD_SAMPLE_SETS,
  ...BAD_SECURITY_SETS,
  ...BAD_SOD_SETS,
  ...BAD_CERTIFICATE_SETS,
];
