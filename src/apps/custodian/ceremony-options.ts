import type { PeopleInRoom } from '../../production/custody/ceremony/approve-ceremony';
import type { KeyPlaceOptions } from '../key-place-options';
import type { HsmKind } from '../wiring/keys';

export interface CeremonyOptions extends KeyPlaceOptions {
  readonly keys: string;
  readonly hsm: HsmKind;
  readonly rehearse?: true;
  readonly request?: string;
  readonly confirm: readonly string[];
  readonly give: readonly string[];
  readonly passphraseFile?: string;
  readonly language: 'vi' | 'en';
}

/** What a ceremony is held with. */
export interface CeremonyMeeting {
  readonly people: PeopleInRoom;
  readonly given: readonly Uint8Array[];
  readonly options: CeremonyOptions;
}
