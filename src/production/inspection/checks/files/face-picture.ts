import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { readPictureHeader } from '../../picture-header';
import { text } from '../../texts/text';
import type { FaceImage } from '../../../../standards/lds/dg2';

const FILE = 'EF.DG2';

export const facePicture: Check = {
  id: 'ICAO3:LDS_C/picture',
  group: 'files',
  title: 'title.picture',
  clause: '[9303-10 §4.7.2, ISO 19794-5 §5.7]',
  run: ({ contents }) =>
    (valueOf(contents['EF.DG2']) ?? [])
      .flatMap(({ images }) => images)
      .flatMap((image) => pictureFindings(image)),
};

function pictureFindings(face: FaceImage): Finding[] {
  const header = attempt(() => readPictureHeader(face.image));
  if (header.state !== 'good') {
    const detail = header.state === 'malformed' ? header.detail : '';
    return [fail(text('picture.unreadable', { file: FILE, detail }), { file: FILE })];
  }
  const { format, widthPx, heightPx } = header.value;
  const there = `${widthPx} × ${heightPx}`;
  const said = `${face.widthPx ?? widthPx} × ${face.heightPx ?? heightPx}`;
  const complaints: Finding[] = [];
  if (
    !face.imageFormat.startsWith(format) ||
    (format === 'jpeg') !== (face.imageFormat === 'jpeg')
  ) {
    const values = { said: face.imageFormat, there: format };
    complaints.push(fail(text('picture.format-differs', values), { file: FILE }));
  }
  // A record that says 0 × 0 leaves the size to the picture.
  if (said !== there && said !== '0 × 0') {
    complaints.push(
      warn(text('picture.size-differs', { said, there }), {
        file: FILE,
        expected: said,
        found: there,
      }),
    );
  }
  return passUnless(complaints, {
    file: FILE,
    found: `${format === 'jpeg' ? 'JPEG' : 'JPEG 2000'} ${there}, ${face.image.length} bytes`,
  });
}
