import { text } from '../texts/text';
import type { DecodedPictures } from './decode-pictures';
import { escapeMarkup } from './escape-markup';
import { bilingual, heading } from './html-words';
import type { PictureView } from './picture-views';
import { sha256Hex } from './render-report-json';

/** The first face beside the verdict, or what its head says where it cannot be shown. */
export function portraitFigure(face: PictureView | undefined, decoded: DecodedPictures): string {
  const caption = `<figcaption>${bilingual(text('page.portrait'))}</figcaption>`;
  const inside =
    face === undefined
      ? pictureNotShown(bilingual(text('page.no-portrait')))
      : pictureOf(face, decoded);
  return `<figure class="portrait">${inside}${caption}</figure>`;
}

/** Every other picture with the file that it stands in; nothing when there is none. */
export function picturesSection(
  pictures: readonly PictureView[],
  decoded: DecodedPictures,
): string {
  if (pictures.length === 0) return '';
  const figures = pictures.map((picture) => {
    const label = picture.label === undefined ? '' : ` ${bilingual(picture.label)}`;
    const facts = [picture.formatWords, picture.size, `${picture.bytes.length} byte`];
    const known = facts.filter((one) => one !== '' && one !== '?').join(', ');
    return `<figure class="sample">${pictureOf(picture, decoded)}<figcaption><b>${escapeMarkup(picture.file)}</b>${label}<br>${escapeMarkup(known)}</figcaption></figure>`;
  });
  return `<section>${heading('page.pictures', String(pictures.length))}<div class="samples">${figures.join('\n')}</div></section>`;
}

function pictureOf(picture: PictureView, decoded: DecodedPictures): string {
  const png = decoded.get(sha256Hex(picture.bytes));
  if (png !== undefined) return image('image/png', png);
  if (picture.format === 'jpeg') return image('image/jpeg', picture.bytes);
  const { formatWords: format, size } = picture;
  return pictureNotShown(
    bilingual(
      picture.format === 'unknown'
        ? text('page.picture-unreadable')
        : text('page.picture-undisplayable', { format, size }),
    ),
  );
}

function image(mediaType: string, bytes: Uint8Array): string {
  return `<img alt="" src="data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}">`;
}

/** In place of a picture: why there is none to be seen. */
function pictureNotShown(words: string): string {
  return `<div class="none"><span>${words}</span></div>`;
}
