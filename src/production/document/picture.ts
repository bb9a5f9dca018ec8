/** A decoded, checked and re-encoded picture; never the bytes that came from outside. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'jpeg2000' | 'png';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colour: 'rgb' | 'grey';
  /** What a person should look at; absent when there is nothing. */
  readonly doubts?: readonly PictureDoubt[];
  /** Of a portrait before an even background; absent where that cannot be told. */
  readonly head?: HeadPlace;
}

/**
 * Where the head stands in a portrait, as parts of the picture: a silhouette before an even
 * background, and no recognition of a face. Hair and head covering belong to it.
 */
export interface HeadPlace {
  /** From the upper edge to the highest point. */
  readonly top: number;
  /** From the left edge to its middle. */
  readonly middle: number;
  /** Its greatest width above the shoulders. */
  readonly width: number;
}

/**
 * `background-uneven`: the upper corners are not of one brightness; `cropped`: more than a tenth was
 * cut away to get the wanted shape; `enlarged`: it was smaller than it is now; `head-place`: the
 * silhouette of the head stands too high, low or far aside, or is too small or large.
 */
export type PictureDoubt = 'background-uneven' | 'cropped' | 'enlarged' | 'head-place';
