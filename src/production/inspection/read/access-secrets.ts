import type { PacePassword, PacePasswordKind } from '../../../standards/access/pace/pace-password';
import type { MrzSecret } from '../../document/holder';

/** What somebody who holds the document knows of it; none of it is ever shown. */
export interface ChipSecrets {
  readonly mrz?: MrzSecret;
  /** The card access number, six digits. */
  readonly can?: string;
  readonly pin?: string;
  readonly puk?: string;
  /** Which of them PACE is run with; without it the first in the order CAN, MRZ, PIN, PUK. */
  readonly passwordType?: PacePasswordKind;
}

/**
 * Which way in is taken. `pace-or-bac`: PACE where the chip offers a variant that is understood,
 * and BAC where it does not, or refuses the variants that it offers. `any` reads a chip without
 * access control, too. The others leave no choice.
 */
export type AccessPolicy = 'any' | 'pace-or-bac' | 'pace-only' | 'bac-only';

/** The password for PACE: the CAN comes first because it says nothing about the holder. */
export function choosePassword({
  passwordType,
  mrz,
  can,
  pin,
  puk,
}: ChipSecrets): PacePassword | undefined {
  const given: readonly (PacePassword | undefined)[] = [
    can === undefined ? undefined : { kind: 'CAN', digits: can },
    mrz === undefined ? undefined : { kind: 'MRZ', mrz },
    pin === undefined ? undefined : { kind: 'PIN', digits: pin },
    puk === undefined ? undefined : { kind: 'PUK', digits: puk },
  ];
  return given.find(
    (password) =>
      password !== undefined && (passwordType === undefined || password.kind === passwordType),
  );
}
