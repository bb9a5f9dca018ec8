import { EYE_Y, MIDDLE } from './head';
import type { PortraitTraits } from './portrait-traits';

/** Eyes, brows, nose, mouth, and what the years have drawn. */
export function drawFeatures(traits: PortraitTraits): string {
  return [
    drawNose(traits),
    drawEye(traits, -1),
    drawEye(traits, 1),
    drawBrow(traits, -1),
    drawBrow(traits, 1),
    drawMouth(traits),
    drawAge(traits),
    drawMole(traits),
  ].join('');
}

function drawEye({ eyes, skin, woman }: PortraitTraits, side: 1 | -1): string {
  const x = MIDDLE + side * eyes.apart;
  const { width: w, open: o, tilt } = eyes;
  const inner = x - side * w;
  const outer = x + side * w;
  const outerY = EYE_Y - tilt;
  const upper = `M ${inner} ${EYE_Y + 3} C ${x - side * w * 0.5} ${EYE_Y - o} ${x + side * w * 0.45} ${EYE_Y - o - 1} ${outer} ${outerY}`;
  const lower = `C ${x + side * w * 0.5} ${EYE_Y + o * 0.72} ${x - side * w * 0.4} ${EYE_Y + o * 0.8} ${inner} ${EYE_Y + 3} Z`;
  const id = side < 0 ? 'eyeL' : 'eyeR';
  return `
    <ellipse cx="${x}" cy="${EYE_Y - 2}" rx="${w + 9}" ry="20" fill="${skin.shade}" opacity="0.42" filter="url(#soft8)"/>
    <clipPath id="${id}"><path d="${upper} ${lower}"/></clipPath>
    <path d="${upper} ${lower}" fill="#f7f3ee"/>
    <g clip-path="url(#${id})">
      <circle cx="${x}" cy="${EYE_Y - 1}" r="${o + 1.2}" fill="${eyes.iris}"/>
      <circle cx="${x}" cy="${EYE_Y + 2}" r="${o * 0.75}" fill="#6b4526" opacity="0.55"/>
      <circle cx="${x}" cy="${EYE_Y - 1}" r="${o * 0.48}" fill="#070504"/>
      <circle cx="${x - 3.4}" cy="${EYE_Y - 4.6}" r="2.5" fill="#ffffff" opacity="0.95"/>
      <path d="${upper}" fill="none" stroke="#3a2a20" stroke-width="7" opacity="0.3" filter="url(#soft2)"/>
    </g>
    <path d="${upper}" fill="none" stroke="#1c130e" stroke-width="${woman ? 3.6 : 2.6}" stroke-linecap="round"/>
    <path d="M ${inner + side * 4} ${EYE_Y - o - eyes.crease + 5} Q ${x} ${EYE_Y - o - eyes.crease - 4} ${outer - side} ${outerY - eyes.crease - 1}"
      fill="none" stroke="${skin.deep}" stroke-width="1.8" opacity="0.6" stroke-linecap="round"/>
    <path d="M ${inner + side * 3} ${EYE_Y + 7} Q ${x} ${EYE_Y + o + 3} ${outer - side * 3} ${outerY + 4}"
      fill="none" stroke="${skin.deep}" stroke-width="1.3" opacity="0.45" stroke-linecap="round"/>`;
}

function drawBrow({ brow, eyes, hair }: PortraitTraits, side: 1 | -1): string {
  const y = EYE_Y - 33 - brow.lift;
  const inner = MIDDLE + side * (eyes.apart - eyes.width - 2);
  const outer = MIDDLE + side * (eyes.apart + eyes.width + 9);
  const peak = MIDDLE + side * (eyes.apart + 8);
  const t = brow.thick;
  return `<path d="M ${inner} ${y + t * 0.6} Q ${inner} ${y - t * 0.3} ${inner + side * 9} ${y - t * 0.4}
      Q ${peak} ${y - brow.arch - t * 0.6} ${outer} ${y + 4}
      Q ${peak} ${y - brow.arch + t * 0.5} ${inner + side * 4} ${y + t * 0.7} Z"
      fill="${hair.base}" opacity="0.82" filter="url(#soft1)"/>`;
}

function drawNose({ nose, skin }: PortraitTraits): string {
  const tip = EYE_Y + nose.length;
  const w = nose.width;
  return `
    <path d="M ${MIDDLE + 13} ${EYE_Y + 4} Q ${MIDDLE + 12} ${tip - 28} ${MIDDLE + w + 1} ${tip - 6} Q ${MIDDLE + 6} ${tip - 4} ${MIDDLE + 8} ${EYE_Y + 20} Z"
      fill="${skin.shade}" opacity="0.65" filter="url(#soft4)"/>
    <path d="M ${MIDDLE - 5} ${EYE_Y - 6} Q ${MIDDLE - 4} ${tip - 30} ${MIDDLE - 4} ${tip - 14}"
      fill="none" stroke="${skin.light}" stroke-width="9" opacity="0.8" stroke-linecap="round" filter="url(#soft4)"/>
    <ellipse cx="${MIDDLE - 1}" cy="${tip - 9}" rx="11" ry="8.5" fill="${skin.light}" opacity="0.55" filter="url(#soft4)"/>
    <ellipse cx="${MIDDLE}" cy="${tip + 7}" rx="${w + 6}" ry="5" fill="${skin.deep}" opacity="0.3" filter="url(#soft4)"/>
    <path d="M ${MIDDLE - w - 1} ${tip - 6} Q ${MIDDLE - w - 3} ${tip + 3} ${MIDDLE - w + 6} ${tip + 1.5}
      Q ${MIDDLE - 7} ${tip - 1} ${MIDDLE} ${tip + 4} Q ${MIDDLE + 7} ${tip - 1} ${MIDDLE + w - 6} ${tip + 1.5}
      Q ${MIDDLE + w + 3} ${tip + 3} ${MIDDLE + w + 1} ${tip - 6}"
      fill="none" stroke="${skin.deep}" stroke-width="2.2" opacity="0.62" stroke-linecap="round"/>
    <ellipse cx="${MIDDLE - w * 0.48}" cy="${tip + 1}" rx="4.6" ry="2.3" fill="#3b2015" opacity="0.6" filter="url(#soft1)"/>
    <ellipse cx="${MIDDLE + w * 0.48}" cy="${tip + 1}" rx="4.6" ry="2.3" fill="#3b2015" opacity="0.6" filter="url(#soft1)"/>`;
}

function drawMouth({ mouth, nose, skin, face }: PortraitTraits): string {
  const y = EYE_Y + nose.length + (face.chinY - EYE_Y - nose.length) * 0.37;
  const { width: w, full: f, smile: s } = mouth;
  return `
    <path d="M ${MIDDLE - w} ${y - s} Q ${MIDDLE - w * 0.4} ${y - f * 0.8} ${MIDDLE - 5} ${y - f * 0.85} Q ${MIDDLE} ${y - f * 0.55} ${MIDDLE + 5} ${y - f * 0.85}
      Q ${MIDDLE + w * 0.4} ${y - f * 0.8} ${MIDDLE + w} ${y - s} Q ${MIDDLE} ${y + 3} ${MIDDLE - w} ${y - s} Z"
      fill="${skin.lip}" opacity="0.92"/>
    <path d="M ${MIDDLE - w} ${y - s} Q ${MIDDLE} ${y + 3} ${MIDDLE + w} ${y - s} Q ${MIDDLE + w * 0.45} ${y + f * 1.1} ${MIDDLE} ${y + f * 1.15}
      Q ${MIDDLE - w * 0.45} ${y + f * 1.1} ${MIDDLE - w} ${y - s} Z" fill="${skin.lip}" opacity="0.78"/>
    <ellipse cx="${MIDDLE - 3}" cy="${y + f * 0.6}" rx="${w * 0.42}" ry="2.6" fill="#ffffff" opacity="0.28" filter="url(#soft2)"/>
    <path d="M ${MIDDLE - w - 1} ${y - s} Q ${MIDDLE} ${y + 3.4} ${MIDDLE + w + 1} ${y - s}" fill="none" stroke="#5a2a26" stroke-width="2" opacity="0.75" stroke-linecap="round"/>
    <ellipse cx="${MIDDLE}" cy="${y + f + 9}" rx="${w * 0.6}" ry="4.5" fill="${skin.deep}" opacity="0.3" filter="url(#soft4)"/>
    <path d="M ${MIDDLE - 5} ${y - f - 11} L ${MIDDLE - 6} ${y - f - 3} M ${MIDDLE + 5} ${y - f - 11} L ${MIDDLE + 6} ${y - f - 3}"
      stroke="${skin.deep}" stroke-width="1.4" opacity="0.22" filter="url(#soft1)"/>`;
}

function drawAge({ age, skin, nose, mouth }: PortraitTraits): string {
  if (age < 35) return '';
  const weight = Math.min((age - 30) / 45, 1);
  const tip = EYE_Y + nose.length;
  const folds = [-1, 1]
    .map(
      (
        side,
      ) => `<path d="M ${MIDDLE + side * (nose.width + 8)} ${tip - 4} Q ${MIDDLE + side * (mouth.width + 12)} ${tip + 16} ${MIDDLE + side * (mouth.width + 13)} ${tip + 42}"/>
        <path d="M ${MIDDLE + side * 32} ${EYE_Y + 19} Q ${MIDDLE + side * 50} ${EYE_Y + 27} ${MIDDLE + side * 72} ${EYE_Y + 17}"/>`,
    )
    .join('');
  const forehead =
    age < 50
      ? ''
      : `<path d="M 188 206 Q 240 198 292 206"/><path d="M 182 186 Q 240 178 298 186"/>`;
  return `<g fill="none" stroke="${skin.deep}" stroke-width="2.2" stroke-linecap="round" opacity="${(0.15 + 0.4 * weight).toFixed(2)}" filter="url(#soft1)">${folds}${forehead}</g>`;
}

function drawMole({ mole, face }: PortraitTraits): string {
  if (mole === undefined) return '';
  const x = MIDDLE + Math.sign(mole.x) * Math.min(Math.abs(mole.x) + 26, face.jaw - 14);
  return `<circle cx="${x}" cy="${mole.y}" r="2.6" fill="#4a2a1c" opacity="0.85"/>`;
}
