import { MIDDLE } from './head';
import type { HairStyle, PortraitTraits } from './portrait-traits';

/** The hair behind head and neck; ears stay free in every style. */
export function drawHairBehind(traits: PortraitTraits): string {
  const { hairStyle, hair, face } = traits;
  const c = face.cheek;
  const fill = `fill="${hair.base}"`;
  switch (hairStyle) {
    case 'long-behind':
    case 'side-swept':
      return `<path d="M ${MIDDLE - 60} 110 C ${MIDDLE - c - 30} 190 ${MIDDLE - c - 14} 430 ${MIDDLE - c - 20} 560
        L ${MIDDLE + c + 20} 560 C ${MIDDLE + c + 14} 430 ${MIDDLE + c + 30} 190 ${MIDDLE + 60} 110 Z" ${fill}/>
        ${strands(traits, [-1, 1], 330, 555)}`;
    case 'bob':
      return `<path d="M ${MIDDLE - 60} 110 C ${MIDDLE - c - 26} 190 ${MIDDLE - c - 26} 390 ${MIDDLE - c + 4} 456
        Q ${MIDDLE} 420 ${MIDDLE + c - 4} 456 C ${MIDDLE + c + 26} 390 ${MIDDLE + c + 26} 190 ${MIDDLE + 60} 110 Z" ${fill}/>
        ${strands(traits, [-1, 1], 345, 425)}`;
    case 'bun':
      return `<ellipse cx="${MIDDLE}" cy="84" rx="48" ry="38" ${fill}/>
        <path d="M ${MIDDLE - 40} 84 Q ${MIDDLE} 50 ${MIDDLE + 40} 84 M ${MIDDLE - 34} 96 Q ${MIDDLE} 70 ${MIDDLE + 34} 96" fill="none" stroke="${hair.shine}" stroke-width="2.4" opacity="0.6"/>`;
    default:
      return '';
  }
}

/** The hair over the forehead and around the skull. */
export function drawHairFront(traits: PortraitTraits): string {
  const { hair, hairStyle, face } = traits;
  const skull = skullCap(traits);
  return `
    <path d="${skull} ${HAIRLINES[hairStyle](face.temple)}" fill="url(#hair)"/>
    <g clip-path="url(#hairClip)">${comb(traits)}</g>
    <path d="${HAIRLINES[hairStyle](face.temple).replace(/^L/, 'M').replace(/ Z$/, '')}" fill="none" stroke="${hair.base}" stroke-width="5" opacity="0.35" filter="url(#soft2)"/>`;
}

/** The path that hair in front fills, for clipping. */
export function hairOutline(traits: PortraitTraits): string {
  return `${skullCap(traits)} ${HAIRLINES[traits.hairStyle](traits.face.temple)}`;
}

const TALL: readonly HairStyle[] = ['brushed-up', 'side-part', 'bob', 'side-swept'];

function skullCap({ face, hairStyle, woman }: PortraitTraits): string {
  const t = face.temple;
  const top = TALL.includes(hairStyle) ? 66 : hairStyle === 'receding' ? 88 : 76;
  const sideY = woman ? 262 : 258;
  const out = woman ? 5 : 4;
  return `M ${MIDDLE - t - 2} ${sideY} C ${MIDDLE - t - out - 10} 200 ${MIDDLE - t - 8} ${top + 6} ${MIDDLE} ${top}
    C ${MIDDLE + t + 8} ${top + 6} ${MIDDLE + t + out + 10} 200 ${MIDDLE + t + 2} ${sideY}`;
}

/** From the right temple along the forehead to the left one, for a skull of this half width. */
const HAIRLINES: Readonly<Record<HairStyle, (temple: number) => string>> = {
  'side-part': (
    t,
  ) => `L ${MIDDLE + t - 6} 214 C ${MIDDLE + t - 12} 176 ${MIDDLE + 52} 158 ${MIDDLE - 34} 152
    C ${MIDDLE - 62} 160 ${MIDDLE - t + 16} 180 ${MIDDLE - t + 6} 214 Z`,
  crop: (t) => `L ${MIDDLE + t - 6} 210 C ${MIDDLE + t - 10} 172 ${MIDDLE + 60} 166 ${MIDDLE} 164
    C ${MIDDLE - 60} 166 ${MIDDLE - t + 10} 172 ${MIDDLE - t + 6} 210 Z`,
  'brushed-up': (
    t,
  ) => `L ${MIDDLE + t - 6} 206 C ${MIDDLE + t - 8} 168 ${MIDDLE + 70} 152 ${MIDDLE} 150
    C ${MIDDLE - 70} 152 ${MIDDLE - t + 8} 168 ${MIDDLE - t + 6} 206 Z`,
  'short-fringe': (
    t,
  ) => `L ${MIDDLE + t - 6} 214 C ${MIDDLE + t - 10} 190 ${MIDDLE + 76} 192 ${MIDDLE + 58} 198
    L ${MIDDLE + 36} 182 L ${MIDDLE + 20} 200 L ${MIDDLE} 184 L ${MIDDLE - 22} 202 L ${MIDDLE - 40} 184 L ${MIDDLE - 62} 200
    C ${MIDDLE - 78} 192 ${MIDDLE - t + 10} 188 ${MIDDLE - t + 6} 214 Z`,
  receding: (
    t,
  ) => `L ${MIDDLE + t - 5} 208 C ${MIDDLE + t - 10} 160 ${MIDDLE + 66} 128 ${MIDDLE + 40} 128
    C ${MIDDLE + 20} 138 ${MIDDLE - 20} 138 ${MIDDLE - 40} 128 C ${MIDDLE - 66} 128 ${MIDDLE - t + 10} 160 ${MIDDLE - t + 5} 208 Z`,
  'tied-back': (
    t,
  ) => `L ${MIDDLE + t - 4} 220 C ${MIDDLE + t - 14} 178 ${MIDDLE + 50} 150 ${MIDDLE} 148
    C ${MIDDLE - 50} 150 ${MIDDLE - t + 14} 178 ${MIDDLE - t + 4} 220 Z`,
  bun: (t) => `L ${MIDDLE + t - 4} 216 C ${MIDDLE + t - 14} 172 ${MIDDLE + 54} 146 ${MIDDLE} 150
    C ${MIDDLE - 54} 146 ${MIDDLE - t + 14} 172 ${MIDDLE - t + 4} 216 Z`,
  'long-behind': (
    t,
  ) => `L ${MIDDLE + t - 2} 240 C ${MIDDLE + t - 18} 200 ${MIDDLE + 40} 160 ${MIDDLE} 142
    C ${MIDDLE - 40} 160 ${MIDDLE - t + 18} 200 ${MIDDLE - t + 2} 240 Z`,
  bob: (
    t,
  ) => `L ${MIDDLE + t - 2} 236 C ${MIDDLE + t - 16} 196 ${MIDDLE + 70} 174 ${MIDDLE + 30} 158
    C ${MIDDLE - 30} 168 ${MIDDLE - t + 22} 200 ${MIDDLE - t + 2} 240 Z`,
  'side-swept': (
    t,
  ) => `L ${MIDDLE + t - 2} 238 C ${MIDDLE + t - 22} 196 ${MIDDLE + 66} 166 ${MIDDLE + 44} 146
    C ${MIDDLE + 6} 176 ${MIDDLE - 54} 196 ${MIDDLE - t + 2} 236 Z`,
};

/** Fine light lines along the way the hair is combed. */
function comb({ hair, face, grainSeed }: PortraitTraits): string {
  const lines: string[] = [];
  for (let index = 0; index < 26; index++) {
    const from = MIDDLE - face.temple + (index * 2 * face.temple) / 25;
    const wobble = ((grainSeed * (index + 3)) % 17) - 8;
    const opacity = (0.08 + ((grainSeed * (index + 1)) % 9) / 40).toFixed(2);
    lines.push(
      `<path d="M ${MIDDLE + (from - MIDDLE) * 0.3 + wobble} 66 Q ${from} 110 ${from + wobble * 0.7} 250" opacity="${opacity}"/>`,
    );
  }
  return `<g fill="none" stroke="${hair.shine}" stroke-width="2.6">${lines.join('')}</g>
    <path d="M ${MIDDLE - 70} 128 Q ${MIDDLE - 10} 84 ${MIDDLE + 62} 122" fill="none" stroke="${hair.shine}" stroke-width="20" opacity="0.42" filter="url(#soft8)"/>`;
}

function strands(
  { hair, face }: PortraitTraits,
  sides: readonly number[],
  fromY: number,
  toY: number,
): string {
  const lines = sides.flatMap((side) =>
    [2, 7, 12].map((offset) => {
      const x = MIDDLE + side * (face.cheek + offset - 4);
      return `<path d="M ${x} ${fromY} Q ${x + side * 4} ${(fromY + toY) / 2} ${x} ${toY}"/>`;
    }),
  );
  return `<g fill="none" stroke="${hair.shine}" stroke-width="2" opacity="0.5">${lines.join('')}</g>`;
}
