import { MIDDLE } from './head';
import type { PortraitTraits } from './portrait-traits';

/** Shoulders and dress, to the lower edge of the picture. */
export function drawClothing(traits: PortraitTraits): string {
  const { clothing } = traits;
  const body = drawShoulders(traits);
  switch (clothing) {
    case 'ao-dai':
      return body + drawStandingCollar(traits);
    case 'suit':
      return body + drawShirtFront('#f3f5f7') + drawTie(traits) + drawLapels(traits);
    case 'blazer':
      return body + drawOpenNeck(traits, '#eee8e2') + drawLapels(traits);
    case 'jacket':
      return body + drawOpenNeck(traits, '#d9dde0') + drawLapels(traits);
    case 'blouse':
      return drawRoundNeck(traits);
    default:
      return body + drawShirtCollar(traits);
  }
}

function drawShoulders({ woman, clothColour }: PortraitTraits): string {
  const reach = woman ? 176 : 204;
  const slope = woman ? 548 : 538;
  const path = `M ${MIDDLE - reach} 650 C ${MIDDLE - reach + 4} 580 ${MIDDLE - reach + 34} ${slope} ${MIDDLE - 70} 508
    Q ${MIDDLE} 560 ${MIDDLE + 70} 508 C ${MIDDLE + reach - 34} ${slope} ${MIDDLE + reach - 4} 580 ${MIDDLE + reach} 650 Z`;
  return `<path d="${path}" fill="${clothColour}"/>
    <path d="${path}" fill="url(#clothShade)"/>
    <path d="M ${MIDDLE - reach + 56} 650 Q ${MIDDLE - reach + 62} 600 ${MIDDLE - reach + 78} 578 M ${MIDDLE + reach - 56} 650 Q ${MIDDLE + reach - 62} 600 ${MIDDLE + reach - 78} 578"
      fill="none" stroke="#000" stroke-width="3" opacity="0.18" filter="url(#soft2)"/>`;
}

function drawShirtCollar({ clothColour }: PortraitTraits): string {
  const leaf = (
    s: 1 | -1,
  ) => `<path d="M ${MIDDLE + s * 66} 494 L ${MIDDLE + s * 80} 520 L ${MIDDLE + s * 38} 574 L ${MIDDLE} 548 Q ${MIDDLE + s * 44} 534 ${MIDDLE + s * 66} 494 Z"
    fill="${clothColour}" stroke="#000" stroke-opacity="0.22" stroke-width="1.6"/>
    <path d="M ${MIDDLE + s * 38} 574 L ${MIDDLE + s * 80} 520" stroke="#000" stroke-opacity="0.2" stroke-width="5" filter="url(#soft2)" fill="none"/>`;
  return `${leaf(-1)}${leaf(1)}
    <path d="M ${MIDDLE} 552 L ${MIDDLE} 650" stroke="#000" stroke-opacity="0.2" stroke-width="2"/>
    <circle cx="${MIDDLE + 6}" cy="590" r="3.6" fill="#ffffff" stroke="#000" stroke-opacity="0.3"/>`;
}

/** The high collar of the áo dài. */
function drawStandingCollar({ clothColour }: PortraitTraits): string {
  return `<path d="M ${MIDDLE - 60} 462 Q ${MIDDLE} 516 ${MIDDLE + 60} 462 L ${MIDDLE + 74} 514 Q ${MIDDLE} 570 ${MIDDLE - 74} 514 Z" fill="${clothColour}"/>
    <path d="M ${MIDDLE - 60} 462 Q ${MIDDLE} 516 ${MIDDLE + 60} 462 L ${MIDDLE + 74} 514 Q ${MIDDLE} 570 ${MIDDLE - 74} 514 Z" fill="url(#clothShade)"/>
    <path d="M ${MIDDLE - 60} 462 Q ${MIDDLE} 516 ${MIDDLE + 60} 462" fill="none" stroke="#fff" stroke-opacity="0.5" stroke-width="2.4"/>
    <path d="M ${MIDDLE - 74} 514 Q ${MIDDLE} 570 ${MIDDLE + 74} 514" fill="none" stroke="#000" stroke-opacity="0.28" stroke-width="2.4" filter="url(#soft1)"/>
    <path d="M ${MIDDLE} 542 Q ${MIDDLE + 76} 566 ${MIDDLE + 118} 600" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="2.2"/>
    <circle cx="${MIDDLE + 30}" cy="550" r="4" fill="#e9d9a8" stroke="#7a6430" stroke-width="0.8"/>
    <circle cx="${MIDDLE + 78}" cy="570" r="4" fill="#e9d9a8" stroke="#7a6430" stroke-width="0.8"/>`;
}

function drawRoundNeck({ clothColour, woman }: PortraitTraits): string {
  const reach = woman ? 176 : 204;
  const path = `M ${MIDDLE - reach} 650 C ${MIDDLE - reach + 4} 580 ${MIDDLE - reach + 34} 548 ${MIDDLE - 88} 520
    Q ${MIDDLE} 640 ${MIDDLE + 88} 520 C ${MIDDLE + reach - 34} 548 ${MIDDLE + reach - 4} 580 ${MIDDLE + reach} 650 Z`;
  return `<path d="M ${MIDDLE - 92} 526 Q ${MIDDLE - 56} 506 ${MIDDLE - 50} 470 L ${MIDDLE + 50} 470 Q ${MIDDLE + 56} 506 ${MIDDLE + 92} 526 L ${MIDDLE + 60} 620 L ${MIDDLE - 60} 620 Z" fill="url(#chest)"/>
    <path d="${path}" fill="${clothColour}"/><path d="${path}" fill="url(#clothShade)"/>
    <path d="M ${MIDDLE - 88} 520 Q ${MIDDLE} 640 ${MIDDLE + 88} 520" fill="none" stroke="#000" stroke-opacity="0.22" stroke-width="3" filter="url(#soft1)"/>`;
}

function drawShirtFront(colour: string): string {
  return `<path d="M ${MIDDLE - 68} 504 L ${MIDDLE - 40} 650 L ${MIDDLE + 40} 650 L ${MIDDLE + 68} 504 Q ${MIDDLE} 566 ${MIDDLE - 68} 504 Z" fill="${colour}"/>
    <path d="M ${MIDDLE - 66} 492 L ${MIDDLE - 78} 522 L ${MIDDLE - 34} 572 L ${MIDDLE} 546 Q ${MIDDLE - 44} 534 ${MIDDLE - 66} 492 Z
      M ${MIDDLE + 66} 492 L ${MIDDLE + 78} 522 L ${MIDDLE + 34} 572 L ${MIDDLE} 546 Q ${MIDDLE + 44} 534 ${MIDDLE + 66} 492 Z"
      fill="${colour}" stroke="#000" stroke-opacity="0.2" stroke-width="1.4"/>`;
}

function drawTie({ grainSeed }: PortraitTraits): string {
  const colour = ['#7a2230', '#24446b', '#3c5a48', '#4c3a66'][grainSeed % 4] ?? '#24446b';
  return `<path d="M ${MIDDLE - 15} 550 L ${MIDDLE + 15} 550 L ${MIDDLE + 10} 578 L ${MIDDLE + 22} 650 L ${MIDDLE - 22} 650 L ${MIDDLE - 10} 578 Z" fill="${colour}"/>
    <path d="M ${MIDDLE - 10} 578 L ${MIDDLE + 10} 578" stroke="#000" stroke-opacity="0.4" stroke-width="2.4"/>`;
}

function drawOpenNeck(_traits: PortraitTraits, colour: string): string {
  return `<path d="M ${MIDDLE - 72} 506 L ${MIDDLE - 48} 650 L ${MIDDLE + 48} 650 L ${MIDDLE + 72} 506 Q ${MIDDLE} 566 ${MIDDLE - 72} 506 Z" fill="${colour}"/>
    <path d="M ${MIDDLE - 62} 500 L ${MIDDLE} 600 L ${MIDDLE + 62} 500 Q ${MIDDLE} 560 ${MIDDLE - 62} 500 Z" fill="url(#chest)"/>
    <path d="M ${MIDDLE - 64} 500 L ${MIDDLE} 602 L ${MIDDLE + 64} 500" fill="none" stroke="#000" stroke-opacity="0.18" stroke-width="3" filter="url(#soft1)"/>`;
}

function drawLapels({ clothColour }: PortraitTraits): string {
  const leaf = (
    s: 1 | -1,
  ) => `<path d="M ${MIDDLE + s * 70} 498 L ${MIDDLE + s * 104} 556 L ${MIDDLE + s * 82} 572 L ${MIDDLE + s * 96} 588 L ${MIDDLE + s * 34} 650 L ${MIDDLE + s * 30} 640 Z"
    fill="${clothColour}" stroke="#000" stroke-opacity="0.35" stroke-width="2"/>
    <path d="M ${MIDDLE + s * 70} 498 L ${MIDDLE + s * 30} 640" stroke="#fff" stroke-opacity="0.12" stroke-width="3" fill="none"/>`;
  return leaf(-1) + leaf(1);
}
