import { chooseSigner } from '../../../production/custody/choose-signer';
import { issueTrialKeys } from '../../../production/custody/issue-trial-keys';
import { loadPair } from '../../../production/profile/load-profiles';
import { systemClock, systemRandom } from '../../system';
import { withThrowawayHsm } from '../../wiring/keys';
import { openProfiles } from '../../wiring/profiles';
import { makeSpecimenTerminal } from './specimen-terminal';
import type { SpecimenTools } from './make-specimen';

const PROFILES = { product: 'icao-td3-passport', chip: 'gp-emrtd' } as const;

/** An issuer of Utopia that lives as long as the work takes. @throws ProductionError */
export async function withSpecimenTools<T>(work: (tools: SpecimenTools) => Promise<T>): Promise<T> {
  const { product } = await loadPair(openProfiles(), PROFILES);
  return withThrowawayHsm(async (hsm) => {
    const tools = { hsm, clock: systemClock, random: systemRandom };
    const keys = await issueTrialKeys({ country: 'UT', state: 'UTO' }, tools);
    const now = systemClock.now();
    const terminal = await makeSpecimenTerminal(hsm, now);
    return work({ ...tools, product, signer: chooseSigner(keys, now), terminal });
  });
}
