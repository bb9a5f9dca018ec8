import { MalformedError } from '../../standards/bytes/malformed';
import type { PersoScript } from '../document/perso-script';
import type { ChipKeys } from '../document/signed-document';
import { ProductionError } from '../errors';
import type { CardChannel } from '../ports';
import type { ChipProfile } from '../profile/chip';
import { parseGeneratedKey } from './parse-generated-key';
import { ScriptRunner } from './script-runner';
import type { SecureChannelOpener } from './secure-channel';

export interface KeyGeneration {
  readonly channel: CardChannel;
  readonly chip: ChipProfile;
  /** As `compileKeyScript` makes it. */
  readonly script: PersoScript;
  readonly openSecureChannel?: SecureChannelOpener;
}

/**
 * Has a blank chip make its own key pairs and takes their public halves. Doing it again replaces
 * the keys; a chip with keys alone is still a blank.
 *
 * @throws ProductionError as `ScriptRunner` does, `CARD_REFUSED` also when an answer is no public
 * key of the kind that the profile states.
 */
export async function generateChipKeys({
  channel,
  chip,
  script,
  openSecureChannel,
}: KeyGeneration): Promise<ChipKeys> {
  const runner = new ScriptRunner({
    ...{ channel, chip: chip.name },
    ...(openSecureChannel && { openSecureChannel }),
  });
  const made: { -readonly [Name in keyof ChipKeys]: ChipKeys[Name] } = {};
  try {
    for (const step of script.steps) {
      const answer = await runner.run(step);
      if (step.makesKey === undefined || answer === undefined) continue;
      const isActive = step.makesKey === 'active-authentication';
      const kind = isActive ? chip.activeAuthentication : chip.chipAuthentication;
      const name = isActive ? 'activeAuthentication' : 'chipAuthentication';
      made[name] = { type: 'on-chip', publicKey: readPublicKey(answer.data, kind, step.title.en) };
    }
  } finally {
    runner.close();
  }
  return made;
}

function readPublicKey(
  answer: Uint8Array,
  kind: ChipProfile['activeAuthentication'] | ChipProfile['chipAuthentication'],
  what: string,
): Uint8Array {
  try {
    return parseGeneratedKey(answer, kind);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProductionError('CARD_REFUSED', 'generate-key', [what, error.message]);
  }
}
