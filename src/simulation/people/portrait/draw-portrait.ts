import sharp from 'sharp';
import { Dice } from '../dice';
import { composePortraitSvg } from './compose-portrait';
import { rollTraits } from './portrait-traits';

export interface PortraitSubject {
  /** The same seed draws the same face. */
  readonly seed: number;
  readonly woman: boolean;
  readonly age: number;
}

/** A drawn face of nobody as JPEG, 3 : 4. */
export async function drawPortrait(
  { seed, woman, age }: PortraitSubject,
  options: { readonly widthPx: number } = { widthPx: 600 },
): Promise<Uint8Array> {
  const svg = composePortraitSvg(rollTraits(new Dice(seed), { woman, age }), options.widthPx);
  const jpeg = await sharp(Buffer.from(svg)).flatten().jpeg({ quality: 92 }).toBuffer();
  return new Uint8Array(jpeg);
}
