import type { FaceSideName } from '../document/card-face';
import type { FaceRenderer, PdfRasterizer } from '../ports';
import { composeFace, type FaceRequest } from './compose-face';

export interface PrintRequest extends Omit<FaceRequest, 'typesetter'> {
  readonly renderer: FaceRenderer;
  /** Stands in the PDFs; the same request and time give the same bytes. */
  readonly createdAt: Date;
  /** Absent when no pictures are wanted. */
  readonly pictures?: { readonly rasterizer: PdfRasterizer; readonly dotsPerInch: number };
}

export interface PrintedSide {
  readonly name: FaceSideName;
  readonly pdf: Uint8Array;
  readonly png?: Uint8Array;
}

/**
 * The sides of a holder's card as PDF, and as PNG where asked.
 *
 * @throws ProductionError as `composeFace`, `FaceRenderer.render` and `PdfRasterizer.rasterize`.
 */
export async function printFace(request: PrintRequest): Promise<readonly PrintedSide[]> {
  const { renderer, createdAt, pictures } = request;
  const face = composeFace({ ...request, typesetter: renderer });
  const sides = await renderer.render(face, { createdAt });
  if (pictures === undefined) return sides;
  const { rasterizer, dotsPerInch } = pictures;
  return await Promise.all(
    sides.map(async (side) => ({
      ...side,
      png: await rasterizer.rasterize(side.pdf, { dotsPerInch }),
    })),
  );
}
