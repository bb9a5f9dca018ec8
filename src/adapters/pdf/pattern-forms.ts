import { deflateSync } from 'node:zlib';
import type { FacePattern } from '../../production/document/card-face';
import { ContentStream, type PdfDictionary } from './content-stream';
import { PATTERNS } from './patterns/all-patterns';

/** A pattern drawn once, as the stream of a PDF form that any document can embed. */
export interface PatternForm {
  readonly dictionary: PdfDictionary;
  /** Deflated operators. */
  readonly content: Uint8Array;
}

/** Layouts are few and have few patterns each; beyond this number the oldest is forgotten. */
const MAX_FORMS = 256;

/** Patterns are the same on every card, so that each is drawn and deflated once. */
export class PatternForms {
  private readonly forms = new Map<string, PatternForm>();

  form(element: FacePattern): PatternForm {
    const { box, pattern, colours, opacity } = element;
    const key = JSON.stringify([box, pattern, colours, opacity]);
    const known = this.forms.get(key);
    if (known !== undefined) return known;
    const form = drawForm(element);
    const oldest = this.forms.keys().next();
    if (this.forms.size >= MAX_FORMS && oldest.done !== true) this.forms.delete(oldest.value);
    this.forms.set(key, form);
    return form;
  }
}

function drawForm({ box, pattern, colours, opacity }: FacePattern): PatternForm {
  const stream = new ContentStream();
  if (opacity < 1) stream.blend(opacity);
  PATTERNS[pattern](stream, box, colours);
  const { xMm, yMm, widthMm, heightMm } = box;
  // Strokes on the edge of the box stand half outside of it.
  const margin = 1;
  return {
    dictionary: {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [xMm - margin, yMm - margin, xMm + widthMm + margin, yMm + heightMm + margin],
      Resources: stream.resources,
      Filter: 'FlateDecode',
    },
    content: deflateSync(stream.toString(), { level: 9 }),
  };
}
