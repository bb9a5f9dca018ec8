import { PdfFaceRenderer } from '../../adapters/pdf/pdf-face-renderer';
import { popplerRasterizer } from '../../adapters/pdf/rasterize-pdf';
import type { FaceRenderer, PdfRasterizer } from '../../production/ports';

/** Loads the fonts: one renderer serves a whole program. */
export function openFaceRenderer(): FaceRenderer {
  return new PdfFaceRenderer();
}

export const faceRasterizer: PdfRasterizer = popplerRasterizer;
