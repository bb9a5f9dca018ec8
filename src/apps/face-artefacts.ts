import { join } from 'node:path';
import type { PrintedSide } from '../production/face/print-face';
import type { Artefact } from './write-artefacts';

/** The sides of a card as files, `front.pdf` and, where there is a picture, `front.png`. */
export function faceArtefacts(sides: readonly PrintedSide[], folder = ''): readonly Artefact[] {
  return sides.flatMap(({ name, pdf, png }) => [
    { path: join(folder, `${name}.pdf`), content: pdf },
    ...(png === undefined ? [] : [{ path: join(folder, `${name}.png`), content: png }]),
  ]);
}
