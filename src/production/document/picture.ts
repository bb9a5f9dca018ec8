/** A decoded, checked and re-encoded picture; never the bytes that came from outside. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'jpeg2000' | 'png';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colour: 'rgb' | 'grey';
}
