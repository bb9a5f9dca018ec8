import { readContents } from '../lds-contents';
import { attempt, valueOf } from '../parsed';
import { readPictureHeader } from '../picture-header';

/** The portrait as it stands in EF.DG2. */
export interface PortraitView {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/jp2';
  /** For a person: `JPEG 2000`. */
  readonly format: string;
  /** For a person: `480 × 640`. */
  readonly size: string;
}

/** The first face image of EF.DG2; undefined when there is none whose header can be read. */
export function readPortrait(files: ReadonlyMap<string, Uint8Array>): PortraitView | undefined {
  const [face] = valueOf(readContents(files)['EF.DG2']) ?? [];
  const bytes = face?.images[0]?.image;
  const header = bytes && valueOf(attempt(() => readPictureHeader(bytes)));
  if (bytes === undefined || header === undefined) return undefined;
  return {
    bytes,
    mediaType: header.format === 'jpeg' ? 'image/jpeg' : 'image/jp2',
    format: header.format === 'jpeg' ? 'JPEG' : 'JPEG 2000',
    size: `${header.widthPx} × ${header.heightPx}`,
  };
}
