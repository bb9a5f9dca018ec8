import { type Check, fail, type Finding, passUnless } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { readPictureHeader } from '../../picture-header';
import { text } from '../../texts/text';

/** Portrait and signature for the eye: JPEG or JPEG 2000, at least one. */
export const displayedPictures: Check = {
  id: 'persoline:LDS/displayed-pictures',
  group: 'files',
  title: 'title.displayed-pictures',
  clause: '[9303-10 §4.7.5, §4.7.7]',
  run: ({ contents }) =>
    (['EF.DG5', 'EF.DG7'] as const).flatMap((file) => {
      const images = valueOf(contents[file]);
      if (images === undefined) return [];
      return passUnless(complaints(file, images), { file, found: `${images.length} pictures` });
    }),
};

function complaints(file: string, images: readonly Uint8Array[]): Finding[] {
  if (images.length === 0) return [fail(text('displayed.none', { file }), { file })];
  return images.flatMap((image) => {
    const header = attempt(() => readPictureHeader(image));
    return header.state === 'malformed'
      ? [fail(text('picture.unreadable', { file, detail: header.detail }), { file })]
      : [];
  });
}
