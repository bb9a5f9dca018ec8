import { beginsLikeJpeg2000 } from '../../../../standards/lds/jpeg2000-header';
import { readWsqHeader } from '../../../../standards/lds/wsq-header';
import { attempt } from '../../parsed';
import { readPictureHeader } from '../../picture-header';

/** Why the picture of a finger or an iris cannot be read; undefined when it can, or is raw pixels. */
export function pictureDetail(image: Uint8Array): string | undefined {
  if (image.length === 0) return 'there is no image';
  const begin = (image[0] ?? 0) * 0x100 + (image[1] ?? 0);
  // WSQ begins with FFA0, JPEG with FFD8, a code stream with FF4F, a JP2 file with its box.
  const read = PICTURES[begin] ?? (beginsLikeJpeg2000(image) ? readPictureHeader : undefined);
  if (read === undefined) return undefined;
  const header = attempt(() => read(image));
  return header.state === 'malformed' ? header.detail : undefined;
}

const PICTURES: Readonly<Record<number, (bytes: Uint8Array) => unknown>> = {
  0xffa0: readWsqHeader,
  0xffd8: readPictureHeader,
  0xff4f: readPictureHeader,
};
