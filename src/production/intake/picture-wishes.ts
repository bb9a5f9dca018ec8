import type { ApprovedRecord } from '../document/approved-record';
import type { PictureWish } from '../ports';
import type { ProductProfile } from '../profile/product';

/** Members of the record that name a picture which is decoded and encoded anew. */
export const PICTURE_FIELDS = [
  'portrait',
  'displayedPortrait',
  'signature',
  'proofOfCitizenship',
  'imageOfFront',
  'imageOfRear',
] as const satisfies readonly (keyof ApprovedRecord)[];

export type PictureField = (typeof PICTURE_FIELDS)[number];

/** A signature is shown whole, on white, in the shape of its place on the face. */
const SIGNATURE = { widthPx: 720, heightPx: 240, maxBytes: 40_000, fit: 'contain' } as const;

/** A page or a side of a card is shown whole; more would not fit beside the portrait. */
const PAGE = { widthPx: 800, heightPx: 600, maxBytes: 20_000, fit: 'contain' } as const;

/** How the picture of a member is to be prepared; the same at intake and in production. */
export function pictureWishOf(field: PictureField, { portrait }: ProductProfile): PictureWish {
  switch (field) {
    case 'portrait':
    case 'displayedPortrait':
      return portrait;
    case 'signature':
      return SIGNATURE;
    default:
      return PAGE;
  }
}
