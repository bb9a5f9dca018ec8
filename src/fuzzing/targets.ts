import { CHIP_TARGETS } from './chip-targets';
import { CRYPTO_TARGETS } from './crypto-targets';
import { LDS_TARGETS } from './lds-targets';
import { SET_TARGETS } from './set-targets';
import type { FuzzTarget } from './target';
import { TEXT_TARGETS } from './text-targets';

/** Every parser of outside bytes, by the name that `scripts/fuzz` takes. */
export const FUZZ_TARGETS: Readonly<Record<string, FuzzTarget>> = {
  ...LDS_TARGETS,
  ...CRYPTO_TARGETS,
  ...CHIP_TARGETS,
  ...TEXT_TARGETS,
  ...SET_TARGETS,
};
