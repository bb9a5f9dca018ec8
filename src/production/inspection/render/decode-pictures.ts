import type { InspectionReport } from '../../document/inspection-report';
import type { PictureDecoder } from '../../ports';
import { listPictures } from './picture-views';
import { sha256Hex } from './render-report-json';

/** Pictures that a browser cannot show, as PNG, by the SHA-256 of the picture on the chip. */
export type DecodedPictures = ReadonlyMap<string, Uint8Array>;

/** A chip has one face, ten fingers and two eyes; what goes beyond that is not shown. */
const MAX_PICTURES = 24;

/**
 * Decodes the JPEG 2000 pictures of a report, which no browser shows. One that is damaged is left
 * out: the page then shows what its head says.
 */
export async function decodePictures(
  { files }: Pick<InspectionReport, 'files'>,
  decoder: PictureDecoder,
): Promise<DecodedPictures> {
  const decoded = new Map<string, Uint8Array>();
  const wanted = listPictures(files).filter(({ format }) => format === 'jpeg2000');
  for (const { bytes } of wanted.slice(0, MAX_PICTURES)) {
    const png = await decoder.decodeJpeg2000(bytes);
    if (png !== undefined) decoded.set(sha256Hex(bytes), png);
  }
  return decoded;
}
