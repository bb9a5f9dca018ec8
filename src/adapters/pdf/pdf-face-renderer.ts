import type {
  CardFace,
  FaceElement,
  FaceFont,
  FaceSide,
  QrErrorCorrection,
  QrSymbol,
} from '../../production/document/card-face';
import type { Picture } from '../../production/document/picture';
import { ProductionError } from '../../production/errors';
import type { FaceRenderer, RenderedSide } from '../../production/ports';
import { loadCardFonts, type CardFonts } from './card-fonts';
import { drawPicture, embedPicture } from './draw-picture';
import { drawQr, drawRectangle } from './draw-shapes';
import { drawMrz, drawText } from './draw-text';
import { PatternForms } from './pattern-forms';
import { PdfSheet, type PaintObject } from './pdf-sheet';
import { hasAllGlyphs, measureText, POINTS_PER_MM } from './printed-text';
import { encodeQrSymbol } from './qr-symbol';

/** Faces as PDF by pdfkit. Fonts and patterns are prepared once and reused for every card. */
export class PdfFaceRenderer implements FaceRenderer {
  private readonly fonts: CardFonts = loadCardFonts();
  private readonly forms = new PatternForms();

  widthMm(text: string, font: FaceFont, sizePt: number): number {
    return (measureText(this.fonts.text[font], text) / 1000) * (sizePt / POINTS_PER_MM);
  }

  canPrint(text: string, font: FaceFont): boolean {
    return hasAllGlyphs(this.fonts.text[font], text);
  }

  qrSymbol(text: string, errorCorrection: QrErrorCorrection): QrSymbol {
    return encodeQrSymbol(text, errorCorrection);
  }

  async render(
    face: CardFace,
    { createdAt }: { readonly createdAt: Date },
  ): Promise<readonly RenderedSide[]> {
    const sides: RenderedSide[] = [];
    for (const side of face.sides) {
      const sheet = new PdfSheet(face, createdAt, side.name);
      sheet.stream.save();
      this.drawSide(sheet, side);
      sheet.stream.restore();
      sides.push({ name: side.name, pdf: await sheet.finish() });
    }
    return sides;
  }

  private drawSide(sheet: PdfSheet, side: FaceSide): void {
    // The portrait and its ghost are one object in the file.
    const pictures = new Map<Picture, PaintObject>();
    const painterOf = (picture: Picture): PaintObject => {
      const known = pictures.get(picture);
      if (known !== undefined) return known;
      const painter = embed(sheet, picture);
      pictures.set(picture, painter);
      return painter;
    };
    for (const element of side.elements) this.drawElement(sheet, element, painterOf);
  }

  private drawElement(
    sheet: PdfSheet,
    element: FaceElement,
    painterOf: (picture: Picture) => PaintObject,
  ): void {
    switch (element.kind) {
      case 'text':
        drawText(sheet, element, this.fonts);
        break;
      case 'mrz':
        drawMrz(sheet, element, this.fonts);
        break;
      case 'picture':
        drawPicture(sheet, element, painterOf(element.picture));
        break;
      case 'qr':
        drawQr(sheet, element);
        break;
      case 'rectangle':
        drawRectangle(sheet, element);
        break;
      case 'pattern': {
        const { dictionary, content } = this.forms.form(element);
        sheet.embed(dictionary, content)();
        break;
      }
    }
  }
}

function embed(sheet: PdfSheet, picture: Picture): PaintObject {
  try {
    return embedPicture(sheet, picture);
  } catch (cause) {
    throw new ProductionError('PICTURE_UNREADABLE', 'face', [`as ${picture.format}`], { cause });
  }
}
