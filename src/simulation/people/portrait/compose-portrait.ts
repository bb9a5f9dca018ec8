import { drawClothing } from './clothing';
import { drawFeatures } from './features';
import { drawHairBehind, drawHairFront, hairOutline } from './hair';
import { drawHead, faceOutline } from './head';
import type { PortraitTraits } from './portrait-traits';

/** A portrait as SVG in the framing of a travel document: bare head, ears free, plain ground. */
export function composePortraitSvg(traits: PortraitTraits, widthPx: number): string {
  const heightPx = Math.round((widthPx * 4) / 3);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="30 28 420 560">
    ${definitions(traits)}
    <rect width="480" height="640" fill="${traits.background}"/>
    <rect width="480" height="640" fill="url(#ground)"/>
    ${drawHairBehind(traits)}
    ${drawHead(traits)}
    ${drawFeatures(traits)}
    ${drawHairFront(traits)}
    ${drawClothing(traits)}
    <rect width="480" height="640" filter="url(#grain)" opacity="0.10"/>
  </svg>`;
}

function definitions(traits: PortraitTraits): string {
  const { skin, hair } = traits;
  const soft = [1, 2, 4, 8, 12, 18]
    .map(
      (amount) =>
        `<filter id="soft${amount}" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="${amount * 0.8}"/></filter>`,
    )
    .join('');
  return `<defs>${soft}
    <radialGradient id="face" cx="0.44" cy="0.42" r="0.66">
      <stop offset="0" stop-color="${skin.light}"/><stop offset="0.55" stop-color="${skin.base}"/><stop offset="1" stop-color="${skin.shade}"/>
    </radialGradient>
    <linearGradient id="neck" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${skin.deep}"/><stop offset="0.5" stop-color="${skin.shade}"/><stop offset="1" stop-color="${skin.base}"/>
    </linearGradient>
    <linearGradient id="chest" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${skin.shade}"/><stop offset="0.5" stop-color="${skin.base}"/><stop offset="1" stop-color="${skin.shade}"/>
    </linearGradient>
    <radialGradient id="ear"><stop offset="0" stop-color="${skin.base}"/><stop offset="1" stop-color="${skin.shade}"/></radialGradient>
    <linearGradient id="hair" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="${hair.shine}"/><stop offset="0.4" stop-color="${hair.base}"/><stop offset="1" stop-color="${hair.base}"/>
    </linearGradient>
    <linearGradient id="clothShade" x1="0" y1="0" x2="1" y2="0.3">
      <stop offset="0" stop-color="#000" stop-opacity="0.16"/><stop offset="0.35" stop-color="#fff" stop-opacity="0.10"/><stop offset="1" stop-color="#000" stop-opacity="0.26"/>
    </linearGradient>
    <radialGradient id="ground" cx="0.45" cy="0.4" r="0.8">
      <stop offset="0.4" stop-color="#fff" stop-opacity="0.55"/><stop offset="1" stop-color="#7d8894" stop-opacity="0.22"/>
    </radialGradient>
    <clipPath id="faceClip"><path d="${faceOutline(traits)}"/></clipPath>
    <clipPath id="hairClip"><path d="${hairOutline(traits)}"/></clipPath>
    <filter id="grain" x="0" y="0" width="100%" height="100%">
      <feTurbulence type="fractalNoise" baseFrequency="0.85" numOctaves="2" seed="${traits.grainSeed}"/>
      <feColorMatrix type="saturate" values="0"/>
    </filter>
  </defs>`;
}
