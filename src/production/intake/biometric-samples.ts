import { MalformedError } from '../../standards/bytes/malformed';
import type { FingerPrint } from '../../standards/lds/dg3';
import type { IrisPicture } from '../../standards/lds/dg4';
import { beginsLikeJpeg2000, readJpeg2000Header } from '../../standards/lds/jpeg2000-header';
import { readWsqHeader } from '../../standards/lds/wsq-header';
import type { FingerprintReference, IrisReference } from '../document/approved-record';
import { ProductionError } from '../errors';

/** Prints are scanned at 500 or 1000 points an inch [ISO 19794-4 §7.1.5]. */
const RESOLUTIONS_PPI = [500, 1000];
const RESOLUTION_TOLERANCE = 0.01;

/** WSQ is defined for 500 points an inch, and enrolment scans so where a header says nothing. */
const USUAL_RESOLUTION_PPI = 500;

const MAX_SIDE_PX = 4096;
const MIN_SIDE_PX = 64;

/**
 * A fingerprint as enrolment delivered it, WSQ or JPEG 2000. Its header is read and checked; not
 * one of its pixels is decoded or changed.
 *
 * @throws ProductionError `PICTURE_UNREADABLE`, `PICTURE_TOO_LARGE`, `PICTURE_TOO_SMALL`.
 */
export function readFingerprint(
  { position, file }: FingerprintReference,
  image: Uint8Array,
): FingerPrint {
  const header = readHeader(file, () => {
    if (!beginsLikeJpeg2000(image)) return { imageFormat: 'wsq', ...readWsqHeader(image) } as const;
    const { components, reversible, ...size } = readJpeg2000Header(image);
    if (components !== 1) throw new MalformedError('JPEG 2000', 'a print has one component, grey');
    return { ...size, imageFormat: reversible ? 'jpeg2000-lossless' : 'jpeg2000-lossy' } as const;
  });
  const { imageFormat, widthPx, heightPx, resolutionPpi = USUAL_RESOLUTION_PPI } = header;
  requireSize(file, header);
  const near = (wanted: number): boolean =>
    Math.abs(resolutionPpi - wanted) <= wanted * RESOLUTION_TOLERANCE;
  const nominal = RESOLUTIONS_PPI.find(near);
  if (nominal === undefined) {
    const reason = `it has ${resolutionPpi} points an inch, 500 or 1000 belong`;
    throw new ProductionError('PICTURE_UNREADABLE', file, [reason]);
  }
  return { finger: position, imageFormat, widthPx, heightPx, resolutionPpi: nominal, image };
}

/**
 * A picture of an iris as enrolment delivered it, JPEG 2000; not one of its pixels is decoded.
 *
 * @throws ProductionError `PICTURE_UNREADABLE`, `PICTURE_TOO_LARGE`, `PICTURE_TOO_SMALL`.
 */
export function readIris({ eye, file, takenOn }: IrisReference, image: Uint8Array): IrisPicture {
  const header = readHeader(file, () => readJpeg2000Header(image));
  requireSize(file, header);
  const [year = 0, month = 1, day = 1] = takenOn.split('-').map(Number);
  return {
    eye,
    imageFormat: header.reversible ? 'jpeg2000-lossless' : 'jpeg2000-lossy',
    colour: header.components >= 3 ? 'rgb' : 'grey',
    widthPx: header.widthPx,
    heightPx: header.heightPx,
    captured: { year, month, day },
    image,
  };
}

function readHeader<Header>(file: string, read: () => Header): Header {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProductionError('PICTURE_UNREADABLE', file, [`${error.place} ${error.reason}`]);
  }
}

function requireSize(
  file: string,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): void {
  const reason = `it has ${widthPx} × ${heightPx} pixels`;
  if (Math.max(widthPx, heightPx) > MAX_SIDE_PX) {
    throw new ProductionError('PICTURE_TOO_LARGE', file, [reason]);
  }
  if (Math.min(widthPx, heightPx) < MIN_SIDE_PX) {
    throw new ProductionError('PICTURE_TOO_SMALL', file, [reason]);
  }
}
