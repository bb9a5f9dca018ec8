import type { RandomSource } from '../../production/ports';
import { CardManager } from './card-manager';
import { Chip } from './chip';
import type { ChipIdentity } from './chip-identity';
import { EmrtdApplication } from './emrtd/emrtd-application';
import { IssuerSecurityDomain } from './gp/issuer-security-domain';
import type { NvMemory } from './nv-memory';
import { APPLET_VARIANTS } from './passport-applet/applet-variants';
import { PassportApplet } from './passport-applet/passport-applet';
import { TrainingApplet } from './training/training-applet';

interface KindRow {
  readonly extendedLength: boolean;
  /** Whether it has keys of its owner, which can be the wrong ones. */
  readonly securityDomain: boolean;
  readonly make: (identity: ChipIdentity, memory: NvMemory, random: RandomSource) => Chip;
}

function withApplet(name: keyof typeof APPLET_VARIANTS): KindRow {
  return {
    extendedLength: false,
    securityDomain: false,
    make: (identity, memory, random) =>
      new Chip(identity, [
        new CardManager(identity),
        new PassportApplet(APPLET_VARIANTS[name], memory, random),
      ]),
  };
}

/** The master file of a travel document answers first, the security domain when it is selected. */
function withSecurityDomain(): KindRow {
  return {
    extendedLength: true,
    securityDomain: true,
    make: (identity, memory, random) => {
      const emrtd = new EmrtdApplication(identity, memory, random);
      const domain = new IssuerSecurityDomain(identity, memory, random);
      return new Chip(identity, [domain, emrtd], emrtd);
    },
  };
}

/** The chips that can be simulated, by the name of their profile in card-profiles/chips. */
export const CHIP_KINDS = {
  'passport-applet': withApplet('passport-applet'),
  'passport-applet-pace': withApplet('passport-applet-pace'),
  'gp-emrtd': withSecurityDomain(),
  'training-card': {
    extendedLength: false,
    securityDomain: false,
    make: (identity, memory) =>
      new Chip(identity, [new CardManager(identity), new TrainingApplet(memory)]),
  },
} as const satisfies Record<string, KindRow>;

export type ChipKind = keyof typeof CHIP_KINDS;

export function isChipKind(name: string): name is ChipKind {
  return Object.hasOwn(CHIP_KINDS, name);
}
