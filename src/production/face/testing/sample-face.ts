import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { inventCitizens } from '../../../simulation/people/invent-citizens';
import { inventPassportHolders } from '../../../simulation/people/invent-passport-holders';
import { drawPictures, type InventedPerson } from '../../../simulation/people/invented-person';
import { prepareHolder } from '../../datagroups/prepare-holder';
import type { ApprovedRecord } from '../../document/approved-record';
import type { Holder } from '../../document/holder';
import type { Picture } from '../../document/picture';
import { parseProduct } from '../../profile/parse-product';
import type { ProductProfile } from '../../profile/product';
import type { FaceLayout } from '../face-layout';
import { parseFaceLayout } from '../parse-face-layout';

const PROFILES = join(__dirname, '../../../../card-profiles');
export const SAMPLE_DAY = new Date('2026-03-09T02:00:00Z');

export function shippedLayout(name: string): FaceLayout {
  const file = join(PROFILES, 'faces', `${name}.yaml`);
  return parseFaceLayout(readFileSync(file, 'utf8'), basename(file));
}

export function shippedProduct(name: string): ProductProfile {
  const file = join(PROFILES, 'products', `${name}.yaml`);
  return parseProduct(readFileSync(file, 'utf8'), basename(file));
}

/** A picture of one grey pixel, for tests that do not look at it. */
export const TINY_PICTURE: Picture = {
  bytes: new Uint8Array(),
  format: 'jpeg',
  widthPx: 480,
  heightPx: 640,
  colour: 'rgb',
};

/** An invented citizen, with the given members of the record changed. */
export function sampleCitizen(
  change: Partial<ApprovedRecord> = {},
  portrait: Picture = TINY_PICTURE,
): Holder {
  const [person] = inventCitizens({ count: 1, seed: 3, today: SAMPLE_DAY });
  const record = { ...person!.record, ...change };
  return prepareHolder(record, shippedProduct('vn-cccd-2021'), { portrait }).holder;
}

/** An invented traveller as a product has them, with the given members of the record changed. */
export function sampleTraveller(product: string, change: Partial<ApprovedRecord> = {}): Holder {
  const [person] = inventPassportHolders({ count: 1, seed: 4, today: SAMPLE_DAY });
  const record = { ...person!.record, profile: product, ...change };
  return prepareHolder(record, shippedProduct(product), { portrait: TINY_PICTURE }).holder;
}

/** Invented citizens with their portraits drawn, as the line would have them. */
export async function drawnCitizens(count: number, seed: number): Promise<readonly Holder[]> {
  const people = inventCitizens({ count, seed, today: SAMPLE_DAY });
  return await Promise.all(people.map((person) => drawnHolder(person, 'vn-cccd-2021')));
}

export async function drawnPassportHolder(): Promise<Holder> {
  const [person] = inventPassportHolders({ count: 1, seed: 4, today: SAMPLE_DAY });
  return await drawnHolder(person!, 'icao-td3-passport');
}

async function drawnHolder(person: InventedPerson, product: string): Promise<Holder> {
  const { pictures } = await drawPictures(person);
  const portrait = sharp(pictures.get(person.record.portrait)).resize(480, 640).jpeg();
  const holder = prepareHolder(person.record, shippedProduct(product), {
    portrait: { ...TINY_PICTURE, bytes: new Uint8Array(await portrait.toBuffer()) },
    ...(person.record.signature !== undefined && {
      signature: await pngPicture(pictures.get(person.record.signature)!),
    }),
  });
  return holder.holder;
}

async function pngPicture(bytes: Uint8Array): Promise<Picture> {
  const { width, height } = await sharp(bytes).metadata();
  return { bytes, format: 'png', widthPx: width, heightPx: height, colour: 'rgb' };
}
