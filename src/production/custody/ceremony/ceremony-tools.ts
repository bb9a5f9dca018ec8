import type { CeremonyJournal } from '../../document/custody/ceremony-journal';
import type { Clock, Hsm, RandomSource } from '../../ports';
import type { CeremonyText } from './ceremony-texts';
import type { CeremonyCustody, GivenFiles } from './steps/step-context';

/** What a ceremony works with. */
export interface CeremonyTools {
  readonly hsm: Hsm;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly journal: CeremonyJournal;
  readonly custody: CeremonyCustody;
  readonly given: GivenFiles;
  /** Says something to the room. */
  readonly tell: (text: CeremonyText) => void;
  /** Waits until the people in the room have done or read what was said. */
  readonly proceed: () => Promise<void>;
}
