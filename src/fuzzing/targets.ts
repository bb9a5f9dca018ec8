import { CRYPTO_TARGETS } from './crypto-targets';
import { LDS_TARGETS } from './lds-targets';
import { OUTER_TARGETS } from './outer-targets';
import type { FuzzTarget } from './target';

/** Every parser of outside bytes, by the name that `scripts/fuzz` takes. */
export const FUZZ_TARGETS: Readonly<Record<string, FuzzTarget>> = {
  ...LDS_TARGETS,
  ...CRYPTO_TARGETS,
  ...OUTER_TARGETS,
};
