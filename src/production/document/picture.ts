/** A decoded, checked and re-encoded picture; never the bytes that came from outside. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'jpeg2000' | 'png';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colour: 'rgb' | 'grey';
  /** What a person should look at; absent when there is nothing. */
  readonly doubts?: readonly PictureDoubt[];
}

/**
 * `background-uneven`: the upper corners are not of one brightness; `cropped`: more than a tenth was
 * cut away to get the wanted shape; `enlarged`: it was smaller than it is now.
 */
export type PictureDoubt = 'background-uneven' | 'cropped' | 'enlarged';
