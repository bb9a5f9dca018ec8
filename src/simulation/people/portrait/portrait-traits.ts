import type { Dice } from '../dice';

/** Everything that makes one drawn face different from the next; lengths in picture units. */
export interface PortraitTraits {
  readonly woman: boolean;
  readonly age: number;
  readonly skin: SkinTone;
  readonly hair: HairTone;
  readonly hairStyle: HairStyle;
  readonly clothing: Clothing;
  readonly clothColour: string;
  readonly background: string;
  readonly face: FaceShape;
  readonly eyes: {
    readonly apart: number;
    readonly width: number;
    readonly open: number;
    readonly tilt: number;
    readonly iris: string;
    readonly crease: number;
  };
  readonly brow: { readonly thick: number; readonly arch: number; readonly lift: number };
  readonly nose: { readonly width: number; readonly length: number };
  readonly mouth: { readonly width: number; readonly full: number; readonly smile: number };
  readonly earSize: number;
  readonly glow: number;
  /** Where a mole sits, if there is one. */
  readonly mole?: { readonly x: number; readonly y: number };
  readonly beard: number;
  readonly grainSeed: number;
}

export interface SkinTone {
  readonly light: string;
  readonly base: string;
  readonly shade: string;
  readonly deep: string;
  readonly lip: string;
}

export interface HairTone {
  readonly base: string;
  readonly shine: string;
}

export interface FaceShape {
  /** Half the width at the temples, the cheekbones and the jaw. */
  readonly temple: number;
  readonly cheek: number;
  readonly jaw: number;
  readonly chin: number;
  readonly chinY: number;
}

export const MEN_HAIR = ['side-part', 'crop', 'brushed-up', 'short-fringe', 'receding'] as const;
export const WOMEN_HAIR = ['tied-back', 'long-behind', 'bob', 'bun', 'side-swept'] as const;
export type HairStyle = (typeof MEN_HAIR)[number] | (typeof WOMEN_HAIR)[number];

export const MEN_CLOTHING = ['shirt', 'suit', 'polo', 'jacket'] as const;
export const WOMEN_CLOTHING = ['ao-dai', 'blouse', 'shirt', 'blazer'] as const;
export type Clothing = (typeof MEN_CLOTHING)[number] | (typeof WOMEN_CLOTHING)[number];

const SKIN: readonly SkinTone[] = [
  { light: '#fbe3cf', base: '#f1cdb0', shade: '#d9a584', deep: '#b57d5f', lip: '#c9736c' },
  { light: '#f7d9bd', base: '#e9bf9b', shade: '#cb9670', deep: '#a36d4b', lip: '#bd6a60' },
  { light: '#f0cba8', base: '#dcad85', shade: '#bb855d', deep: '#8f5c3c', lip: '#ad5f55' },
  { light: '#e6b98f', base: '#cb966b', shade: '#a36f48', deep: '#774a2d', lip: '#9a5348' },
  { light: '#d5a378', base: '#b37e55', shade: '#8b5b3a', deep: '#623b24', lip: '#8a473e' },
];

const DARK_HAIR: readonly HairTone[] = [
  { base: '#17130f', shine: '#4a423b' },
  { base: '#1f1712', shine: '#5b4a3d' },
  { base: '#2b1e16', shine: '#6d5443' },
  { base: '#0f0f12', shine: '#42444d' },
];
const GREYING: HairTone = { base: '#3f3c3a', shine: '#8d8984' };
const GREY: HairTone = { base: '#8f8c88', shine: '#cfccc8' };

const CLOTH: Readonly<Record<Clothing, readonly string[]>> = {
  shirt: ['#f4f6f8', '#dfe8f2', '#cfdced', '#eef0ea'],
  suit: ['#26303f', '#2f3237', '#3b3a45', '#1f2a36'],
  polo: ['#3f6078', '#7b3b3b', '#3d5a45', '#4b4f63'],
  jacket: ['#4d5b4a', '#54504a', '#37495c', '#6a5642'],
  'ao-dai': ['#f3f1ec', '#a9343e', '#2f6f7d', '#6c4a84', '#d9a441', '#d98fa3'],
  blouse: ['#e8d8cf', '#cfdadf', '#f1efe9', '#d7c3d6'],
  blazer: ['#31343d', '#5b4a4a', '#43505c', '#7a6a5c'],
};

const BACKGROUNDS = ['#eef1f4', '#f2f3f1', '#e9eef3', '#f1efec'];
const IRIS = ['#2a1a10', '#352114', '#3d2817', '#20140d'];

/** Traits of an invented person of this age. */
export function rollTraits(dice: Dice, person: { woman: boolean; age: number }): PortraitTraits {
  const { woman, age } = person;
  const clothing = dice.pick<Clothing>(woman ? WOMEN_CLOTHING : MEN_CLOTHING);
  return {
    woman,
    age,
    skin: dice.weighted(SKIN.map((tone, index) => [tone, [3, 5, 4, 2, 1][index] ?? 1] as const)),
    hair: rollHair(dice, age),
    hairStyle: rollHairStyle(dice, person),
    clothing,
    clothColour: dice.pick(CLOTH[clothing]),
    background: dice.pick(BACKGROUNDS),
    face: rollFace(dice, woman),
    eyes: {
      apart: dice.between(48, 55),
      width: dice.between(25, 30),
      open: dice.between(woman ? 11 : 9.5, woman ? 14 : 12.5) - (age > 60 ? 1.5 : 0),
      tilt: dice.between(-1, 4),
      iris: dice.pick(IRIS),
      crease: dice.between(2, 7),
    },
    brow: {
      thick: dice.between(woman ? 4 : 6.5, woman ? 6.5 : 10),
      arch: dice.between(2, 9),
      lift: dice.between(-4, 4),
    },
    nose: { width: dice.between(17, 25), length: dice.between(66, 80) },
    mouth: {
      width: dice.between(30, 40),
      full: dice.between(woman ? 8 : 6, woman ? 12 : 9.5),
      smile: dice.between(-0.5, 4.5),
    },
    earSize: dice.between(0.9, 1.12),
    glow: dice.between(0.7, 1),
    ...(dice.chance(0.35) && { mole: { x: dice.between(-70, 70), y: dice.between(320, 415) } }),
    beard: woman || age < 20 ? 0 : dice.between(0, 0.3),
    grainSeed: dice.integer(1, 9999),
  };
}

function rollFace(dice: Dice, woman: boolean): FaceShape {
  const cheek = dice.between(woman ? 101 : 106, woman ? 112 : 119);
  return {
    temple: cheek - dice.between(4, 13),
    cheek,
    jaw: cheek * dice.between(woman ? 0.7 : 0.77, woman ? 0.82 : 0.92),
    chin: dice.between(woman ? 24 : 30, woman ? 36 : 46),
    chinY: dice.between(438, 462),
  };
}

function rollHair(dice: Dice, age: number): HairTone {
  if (age >= 68) return dice.chance(0.75) ? GREY : GREYING;
  if (age >= 52 && dice.chance(0.5)) return GREYING;
  return dice.pick(DARK_HAIR);
}

function rollHairStyle(dice: Dice, person: { woman: boolean; age: number }): HairStyle {
  if (person.woman)
    return person.age > 60 ? dice.pick(['bun', 'tied-back']) : dice.pick(WOMEN_HAIR);
  const young = MEN_HAIR.filter((style) => style !== 'receding');
  return person.age > 50 ? dice.pick(MEN_HAIR) : dice.pick(young);
}
