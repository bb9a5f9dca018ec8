import type { PortraitTraits } from './portrait-traits';

/** The middle line of the picture; a portrait is drawn on 480 × 640 units. */
export const MIDDLE = 240;
export const CROWN_Y = 96;
export const EYE_Y = 278;

/** The outline of the face from temple to chin and back, closed over the crown. */
export function faceOutline({ face }: PortraitTraits): string {
  const { temple, cheek, jaw, chin, chinY } = face;
  const side = (s: 1 | -1) => (x: number) => (MIDDLE + s * x).toFixed(1);
  const r = side(1);
  const l = side(-1);
  return [
    `M ${l(temple)} 205`,
    `C ${l(temple + 2)} 140 ${l(temple * 0.62)} ${CROWN_Y} ${MIDDLE} ${CROWN_Y}`,
    `C ${r(temple * 0.62)} ${CROWN_Y} ${r(temple + 2)} 140 ${r(temple)} 205`,
    `C ${r(cheek - 1)} 240 ${r(cheek + 2)} 285 ${r(cheek - 2)} 318`,
    `C ${r(cheek - 6)} 355 ${r(jaw + 4)} 380 ${r(jaw)} 396`,
    `C ${r(jaw - 14)} ${chinY - 22} ${r(chin + 18)} ${chinY} ${r(chin)} ${chinY + 3}`,
    `Q ${MIDDLE} ${chinY + 12} ${l(chin)} ${chinY + 3}`,
    `C ${l(chin + 18)} ${chinY} ${l(jaw - 14)} ${chinY - 22} ${l(jaw)} 396`,
    `C ${l(jaw + 4)} 380 ${l(cheek - 6)} 355 ${l(cheek - 2)} 318`,
    `C ${l(cheek + 2)} 285 ${l(cheek - 1)} 240 ${l(temple)} 205 Z`,
  ].join(' ');
}

/** Ears, neck and the modelled face without its features. */
export function drawHead(traits: PortraitTraits): string {
  const { face, skin, woman } = traits;
  const neck = woman ? 50 : 62;
  const outline = faceOutline(traits);
  return `
    ${drawEar(traits, -1)}${drawEar(traits, 1)}
    <path d="M ${MIDDLE - neck} 380 L ${MIDDLE - neck} 470 Q ${MIDDLE - neck - 4} 500 ${MIDDLE - neck - 16} 512 L ${MIDDLE - neck} 590
      L ${MIDDLE + neck} 590 L ${MIDDLE + neck + 16} 512 Q ${MIDDLE + neck + 4} 500 ${MIDDLE + neck} 470 L ${MIDDLE + neck} 380 Z"
      fill="url(#neck)"/>
    <path d="M ${MIDDLE - neck + 3} 432 Q ${MIDDLE} ${face.chinY + 58} ${MIDDLE + neck - 3} 432 L ${MIDDLE + neck - 3} 410 L ${MIDDLE - neck + 3} 410 Z"
      fill="${skin.deep}" opacity="0.45" filter="url(#soft8)"/>
    <path d="${outline}" fill="url(#face)"/>
    <g clip-path="url(#faceClip)">
      <ellipse cx="${MIDDLE + face.cheek + 12}" cy="320" rx="58" ry="150" fill="${skin.shade}" opacity="0.62" filter="url(#soft18)"/>
      <ellipse cx="${MIDDLE - face.cheek - 18}" cy="330" rx="48" ry="140" fill="${skin.shade}" opacity="0.38" filter="url(#soft18)"/>
      <ellipse cx="${MIDDLE}" cy="${face.chinY + 14}" rx="95" ry="30" fill="${skin.shade}" opacity="0.6" filter="url(#soft12)"/>
      <ellipse cx="${MIDDLE - 12}" cy="200" rx="66" ry="40" fill="${skin.light}" opacity="${0.7 * traits.glow}" filter="url(#soft18)"/>
      <ellipse cx="${MIDDLE - 64}" cy="330" rx="32" ry="22" fill="${skin.light}" opacity="${0.55 * traits.glow}" filter="url(#soft12)"/>
      <ellipse cx="${MIDDLE + 58}" cy="330" rx="28" ry="20" fill="${skin.light}" opacity="${0.4 * traits.glow}" filter="url(#soft12)"/>
      <ellipse cx="${MIDDLE - 62}" cy="348" rx="34" ry="22" fill="${skin.lip}" opacity="${woman ? 0.26 : 0.14}" filter="url(#soft12)"/>
      <ellipse cx="${MIDDLE + 62}" cy="348" rx="34" ry="22" fill="${skin.lip}" opacity="${woman ? 0.26 : 0.14}" filter="url(#soft12)"/>
      <ellipse cx="${MIDDLE}" cy="${face.chinY - 18}" rx="24" ry="15" fill="${skin.light}" opacity="0.45" filter="url(#soft8)"/>
      ${drawBeard(traits)}
    </g>`;
}

function drawEar({ face, skin, earSize }: PortraitTraits, side: 1 | -1): string {
  const x = MIDDLE + side * (face.cheek - 1);
  const bulge = side * 25 * earSize;
  const height = 40 * earSize;
  const y = 300;
  return `
    <path d="M ${x} ${y - height} C ${x + bulge} ${y - height - 16} ${x + bulge * 1.35} ${y - 4} ${x + bulge * 0.75} ${y + height * 0.55}
      C ${x + bulge * 0.5} ${y + height} ${x + bulge * 0.1} ${y + height} ${x - side * 3} ${y + height * 0.7} Z" fill="url(#ear)"/>
    <path d="M ${x + bulge * 0.25} ${y - height * 0.7} C ${x + bulge * 0.95} ${y - height * 0.75} ${x + bulge} ${y} ${x + bulge * 0.45} ${y + height * 0.42}"
      fill="none" stroke="${skin.deep}" stroke-width="3.4" opacity="0.5" filter="url(#soft2)"/>
    <path d="M ${x + bulge * 0.2} ${y - height * 0.25} C ${x + bulge * 0.6} ${y - height * 0.2} ${x + bulge * 0.5} ${y + height * 0.2} ${x + bulge * 0.2} ${y + height * 0.3}"
      fill="none" stroke="${skin.deep}" stroke-width="4.5" opacity="0.55" filter="url(#soft2)"/>`;
}

/** The shadow of a shaven beard. */
function drawBeard({ beard, face }: PortraitTraits): string {
  if (beard < 0.03) return '';
  return `<ellipse cx="${MIDDLE}" cy="${face.chinY - 26}" rx="${face.jaw - 6}" ry="62" fill="#5b4a3e" opacity="${beard.toFixed(2)}" filter="url(#soft18)"/>`;
}
