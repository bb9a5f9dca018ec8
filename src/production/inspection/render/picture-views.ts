import { beginsLikeJpeg2000 } from '../../../standards/lds/jpeg2000-header';
import type { BiometricTemplate } from '../../../standards/lds/biometric-group';
import { parseFingerRecord19794 } from '../../../standards/lds/finger-record-19794';
import { parseFingerRecord39794 } from '../../../standards/lds/finger-record-39794';
import { parseIrisRecord19794 } from '../../../standards/lds/iris-record-19794';
import { parseIrisRecord39794 } from '../../../standards/lds/iris-record-39794';
import { eyeOfSubtype, fingerOfSubtype } from '../../../standards/lds/sample-positions';
import { readWsqHeader } from '../../../standards/lds/wsq-header';
import type { LocalText } from '../../document/inspection-report';
import { readContents, type LdsContents } from '../lds-contents';
import { attempt, valueOf } from '../parsed';
import { readPictureHeader } from '../picture-header';
import { text } from '../texts/text';

/** A picture as it stands in a file of the chip. */
export interface PictureView {
  readonly file: string;
  /** What it shows: `right-index`, or nothing where the file says it. */
  readonly label?: LocalText;
  readonly bytes: Uint8Array;
  /** `unknown` where its head cannot be read, raw pixels among them. */
  readonly format: 'jpeg' | 'jpeg2000' | 'wsq' | 'unknown';
  /** For a person: `JPEG 2000`. */
  readonly formatWords: string;
  /** For a person: `480 × 640`; empty where nothing says it. */
  readonly size: string;
}

/** Every picture of the files: faces, fingers, irises, and pictures for display. */
export function listPictures(files: ReadonlyMap<string, Uint8Array>): readonly PictureView[] {
  const contents = readContents(files);
  return [
    ...(valueOf(contents['EF.DG2']) ?? [])
      .flatMap(({ images }) => images)
      .map(({ image }) => viewOf('EF.DG2', image)),
    ...templatesOf(contents, 'EF.DG3').flatMap(fingersOf),
    ...templatesOf(contents, 'EF.DG4').flatMap(irisesOf),
    ...(['EF.DG5', 'EF.DG7'] as const).flatMap((file) =>
      (valueOf(contents[file]) ?? []).map((image) => viewOf(file, image)),
    ),
  ];
}

function templatesOf(
  contents: LdsContents,
  file: 'EF.DG3' | 'EF.DG4',
): readonly BiometricTemplate[] {
  return valueOf(contents[file])?.templates ?? [];
}

function fingersOf(template: BiometricTemplate): readonly PictureView[] {
  const file = 'EF.DG3';
  const parse =
    template.encoding === 'constructed' ? parseFingerRecord39794 : parseFingerRecord19794;
  const images: readonly { readonly image: Uint8Array }[] =
    valueOf(attempt(() => parse(template.data, file))) ?? [];
  const [subtype = 0] = template.header.biometricSubtype ?? [];
  const finger = valueOf(attempt(() => fingerOfSubtype(subtype, file)));
  return images.map(({ image }) => viewOf(file, image, finger && text(`finger.${finger}`)));
}

function irisesOf(template: BiometricTemplate): readonly PictureView[] {
  const file = 'EF.DG4';
  const parse = template.encoding === 'constructed' ? parseIrisRecord39794 : parseIrisRecord19794;
  const images: readonly { readonly image: Uint8Array }[] =
    valueOf(attempt(() => parse(template.data, file))) ?? [];
  const [subtype = 0] = template.header.biometricSubtype ?? [];
  const eye = valueOf(attempt(() => eyeOfSubtype(subtype, file)));
  return images.map(({ image }) => viewOf(file, image, eye && text(`eye.${eye}`)));
}

function viewOf(file: string, bytes: Uint8Array, label?: LocalText): PictureView {
  return { file, bytes, ...describe(bytes), ...(label && { label }) };
}

function describe(bytes: Uint8Array): Pick<PictureView, 'format' | 'formatWords' | 'size'> {
  const wsq = bytes[0] === 0xff && bytes[1] === 0xa0;
  const header = valueOf(attempt(() => (wsq ? readWsqHeader(bytes) : readPictureHeader(bytes))));
  if (header === undefined) return { format: 'unknown', formatWords: '?', size: '' };
  const ppi = 'resolutionPpi' in header ? `, ${header.resolutionPpi} ppi` : '';
  const size = `${header.widthPx} × ${header.heightPx}${ppi}`;
  if (wsq) return { format: 'wsq', formatWords: 'WSQ', size };
  return beginsLikeJpeg2000(bytes)
    ? { format: 'jpeg2000', formatWords: 'JPEG 2000', size }
    : { format: 'jpeg', formatWords: 'JPEG', size };
}
