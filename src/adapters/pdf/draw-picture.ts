import type { FacePicture } from '../../production/document/card-face';
import type { Picture } from '../../production/document/picture';
import type { PdfDictionary } from './content-stream';
import type { PaintObject, PdfSheet } from './pdf-sheet';

/** JPEG and JPEG 2000 go into the PDF as they are, without being decoded [ISO 32000-1 §7.4.8]. */
export function embedPicture(sheet: PdfSheet, picture: Picture): PaintObject {
  if (picture.format === 'png') return sheet.embedPng(picture.bytes);
  return sheet.embed(describePicture(picture), picture.bytes);
}

function describePicture(picture: Picture): PdfDictionary {
  const dictionary = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: picture.widthPx,
    Height: picture.heightPx,
  };
  if (picture.format === 'jpeg2000') return { ...dictionary, Filter: 'JPXDecode' };
  return {
    ...dictionary,
    ColorSpace: picture.colour === 'grey' ? 'DeviceGray' : 'DeviceRGB',
    BitsPerComponent: 8,
    Filter: 'DCTDecode',
  };
}

export function drawPicture(sheet: PdfSheet, element: FacePicture, paint: PaintObject): void {
  const { box, picture } = element;
  const across = box.widthMm / picture.widthPx;
  const down = box.heightMm / picture.heightPx;
  const scale = element.fit === 'cover' ? Math.max(across, down) : Math.min(across, down);
  const width = picture.widthPx * scale;
  const height = picture.heightPx * scale;
  const x = box.xMm + (box.widthMm - width) / 2;
  // Of a portrait that is too tall for its box, more is cut below than above the head.
  const y = box.yMm + (box.heightMm - height) * (element.fit === 'cover' ? 0.35 : 0.5);

  const { stream } = sheet;
  stream.save();
  stream.rectangle({ x: box.xMm, y: box.yMm }, box.widthMm, box.heightMm, element.radiusMm);
  stream.clip();
  if (element.opacity < 1 || element.blend === 'multiply') {
    stream.blend(element.opacity, element.blend === 'multiply' ? 'Multiply' : 'Normal');
  }
  // An image's unit square has its origin below.
  const matrix = [width, 0, 0, -height, x, y + height].map((value) => value.toFixed(4));
  stream.operator(`${matrix.join(' ')} cm`);
  paint();
  stream.restore();
}
