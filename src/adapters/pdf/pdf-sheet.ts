import PDFDocument from 'pdfkit';
import { ContentStream, type PdfDictionary } from './content-stream';
import type { PrintedFont } from './printed-font';
import { POINTS_PER_MM } from './printed-text';

export interface SheetSize {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A PDF object that pdfkit has numbered; its type declarations call it `PDFKitReference`. */
interface PdfReference {
  end(content?: Uint8Array): void;
}

/** Paints an embedded form or image at the current place. */
export type PaintObject = () => void;

/** The parts of pdfkit's document and page that it has but does not declare. */
interface PdfInternals {
  ref(data: PdfDictionary): PdfReference;
  addContent(operators: string): unknown;
  openImage(bytes: Buffer): { readonly obj: PdfReference; embed(document: object): void };
  readonly page: {
    readonly fonts: Record<string, PdfReference>;
    readonly xobjects: Record<string, PdfReference>;
    readonly ext_gstates: Record<string, PdfReference>;
  };
}

/**
 * A PDF of one page in millimetres with the origin in the upper left corner. pdfkit keeps the
 * document's structure; fonts and patterns come ready made.
 */
export class PdfSheet {
  readonly stream = new ContentStream();
  private readonly document: PDFKit.PDFDocument;
  private readonly internals: PdfInternals;
  private readonly fontNames = new Map<PrintedFont, string>();
  private readonly written: Promise<Uint8Array>;

  constructor(size: SheetSize, createdAt: Date, title: string) {
    this.document = new PDFDocument({
      size: [size.widthMm * POINTS_PER_MM, size.heightMm * POINTS_PER_MM],
      margin: 0,
      pdfVersion: '1.7',
      lang: 'vi',
      // No default font: Helvetica's metrics would be parsed for every document.
      font: '',
      info: { Title: title, Producer: 'Persoline', Creator: 'Persoline', CreationDate: createdAt },
    });
    this.internals = this.document as unknown as PdfInternals;
    this.written = collect(this.document);
    const scale = POINTS_PER_MM.toFixed(6);
    this.internals.addContent(`q ${scale} 0 0 ${scale} 0 0 cm`);
  }

  /** The name of a font in this document's operators; its program is embedded on first use. */
  fontName(font: PrintedFont): string {
    const known = this.fontNames.get(font);
    if (known !== undefined) return known;
    const name = `F${this.fontNames.size}`;
    this.internals.page.fonts[name] = this.embedFont(font);
    this.fontNames.set(font, name);
    return name;
  }

  /**
   * Embeds a form or image; the returned function paints it, as often as it is called. An image
   * fills the unit square of the current place.
   */
  embed(dictionary: PdfDictionary, content: Uint8Array): PaintObject {
    return this.painter(this.reference(dictionary, content));
  }

  /** Embeds a PNG, whose transparency becomes a mask of its own. */
  embedPng(bytes: Uint8Array): PaintObject {
    const image = this.internals.openImage(Buffer.from(bytes));
    image.embed(this.document);
    return this.painter(image.obj);
  }

  private painter(reference: PdfReference): PaintObject {
    const { xobjects } = this.internals.page;
    const name = `X${Object.keys(xobjects).length}`;
    xobjects[name] = reference;
    return () => this.stream.operator(`/${name} Do`);
  }

  private reference(dictionary: PdfDictionary, content?: Uint8Array): PdfReference {
    // pdfkit adds a length to what it is given, and the same pattern serves many documents.
    const reference = this.internals.ref({ ...dictionary });
    reference.end(content);
    return reference;
  }

  async finish(): Promise<Uint8Array> {
    for (const [name, state] of Object.entries(this.stream.resources.ExtGState)) {
      this.internals.page.ext_gstates[name] = this.reference(state);
    }
    this.internals.addContent(this.stream.toString());
    this.internals.addContent('Q');
    this.document.end();
    return await this.written;
  }

  private embedFont(font: PrintedFont): PdfReference {
    const { descriptor, name, outlines } = font;
    const program = this.reference(
      { Filter: 'FlateDecode', ...(outlines === 'cff' ? { Subtype: 'CIDFontType0C' } : {}) },
      font.program,
    );
    const symbolic = 4;
    const fontDescriptor = this.reference({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: symbolic,
      FontBBox: descriptor.bbox,
      ItalicAngle: descriptor.italicAngle,
      Ascent: descriptor.ascent,
      Descent: descriptor.descent,
      CapHeight: descriptor.capHeight,
      XHeight: descriptor.xHeight,
      StemV: 80,
      [outlines === 'cff' ? 'FontFile3' : 'FontFile2']: program,
    });
    const descendant = this.reference({
      Type: 'Font',
      Subtype: outlines === 'cff' ? 'CIDFontType0' : 'CIDFontType2',
      BaseFont: name,
      // pdfkit writes a String object as text and a plain string as a name.
      CIDSystemInfo: { Registry: text('Adobe'), Ordering: text('Identity'), Supplement: 0 },
      FontDescriptor: fontDescriptor,
      W: [0, Array.from(font.widths, (width: number | undefined) => width ?? 0)],
      ...(outlines === 'truetype' ? { CIDToGIDMap: 'Identity' } : {}),
    });
    return this.reference({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: this.reference({ Filter: 'FlateDecode' }, font.toUnicode),
    });
  }
}

function text(value: string): object {
  return Object(value) as object;
}

async function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return await new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
  });
}
