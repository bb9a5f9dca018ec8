import sharp from 'sharp';
import { Dice } from './dice';

export interface SignatureSubject {
  /** The same seed draws the same signature. */
  readonly seed: number;
  /** Only its length and letters steer the pen; nothing of it can be read. */
  readonly name: string;
}

const WIDTH_PX = 900;
const HEIGHT_PX = 240;

/** A drawn signature of nobody as PNG on a transparent ground. */
export async function drawSignature({ seed, name }: SignatureSubject): Promise<Uint8Array> {
  const dice = new Dice(seed);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}">
    <g fill="none" stroke="#1b2a5c" stroke-linecap="round" stroke-linejoin="round" transform="rotate(${dice.between(-5, -1).toFixed(1)} 450 120)">
      <path d="${writeStrokes(dice, name)}" stroke-width="6"/>
      <path d="${writeFlourish(dice)}" stroke-width="4"/>
    </g></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer());
}

/** A large loop for the first letter, then a running line of arches and loops. */
function writeStrokes(dice: Dice, name: string): string {
  const base = 150;
  let x = 130;
  const tall = dice.between(95, 125);
  const path = [
    `M ${x} ${base - 20} C ${x - 40} ${base - tall} ${x + 60} ${base - tall - 20} ${x + 45} ${base - 30}`,
    `S ${x - 35} ${base + 55} ${x + 20} ${base + 5}`,
  ];
  x += 60;
  for (const letter of name.replaceAll(' ', '').slice(1, 13)) {
    const code = letter.codePointAt(0) ?? 0;
    const step = dice.between(24, 42);
    const high = code % 5 === 0 ? dice.between(60, 95) : dice.between(18, 34);
    const low = code % 7 === 0 ? dice.between(25, 50) : dice.between(-2, 6);
    path.push(
      `C ${f(x + step * 0.2)} ${f(base - high)} ${f(x + step * 0.75)} ${f(base - high)} ${f(x + step * 0.6)} ${f(base - 4)}`,
      `S ${f(x + step * 0.7)} ${f(base + low)} ${f(x + step)} ${f(base - dice.between(4, 14))}`,
    );
    x += step;
  }
  return path.join(' ');
}

function writeFlourish(dice: Dice): string {
  const y = dice.between(176, 196);
  return `M ${f(dice.between(600, 700))} ${f(y - 40)} C 520 ${f(y + 30)} 330 ${f(y + 14)} 170 ${f(y)} S 420 ${f(y - 26)} ${f(dice.between(720, 800))} ${f(y - 8)}`;
}

function f(value: number): string {
  return value.toFixed(1);
}
