import { ProductionError } from '../errors';
import type { FaceTypesetter } from '../ports';
import type { TextStyle } from './face-layout';

/** A text and the room that it has. */
export interface TextToFit {
  readonly text: string;
  readonly style: TextStyle;
  readonly widthMm: number;
  readonly maxLines: number;
  /** How much narrower the first line is. */
  readonly indentMm: number;
  /** Field and side, for messages. */
  readonly source: string;
}

export interface FittedText {
  readonly lines: readonly FittedLine[];
  readonly sizePt: number;
}

export interface FittedLine {
  readonly text: string;
  readonly widthMm: number;
}

const STEP_PT = 0.1;

/**
 * Breaks a text between words into at most so many lines, at the largest size that fits.
 *
 * @throws ProductionError `FACE_OVERFLOW` when it does not fit at the smallest size either,
 * `FACE_UNPRINTABLE` when the font lacks one of its characters. Neither carries the text.
 */
export function fitText(wish: TextToFit, typesetter: FaceTypesetter): FittedText {
  const { text, style, source } = wish;
  if (!typesetter.canPrint(text, style.font)) {
    throw new ProductionError('FACE_UNPRINTABLE', source, ['the font lacks a character of it']);
  }
  const steps = Math.round((style.sizePt - style.minSizePt) / STEP_PT);
  for (let step = 0; step <= steps; step++) {
    const sizePt = step === steps ? style.minSizePt : style.sizePt - step * STEP_PT;
    const lines = breakLines(wish, sizePt, typesetter);
    if (lines !== undefined) return { lines, sizePt };
  }
  throw new ProductionError('FACE_OVERFLOW', source, [
    `longer than ${wish.maxLines} line(s) of ${wish.widthMm} mm at ${style.minSizePt} pt`,
  ]);
}

function breakLines(
  wish: TextToFit,
  sizePt: number,
  typesetter: FaceTypesetter,
): readonly FittedLine[] | undefined {
  const measure = (line: string): FittedLine => ({
    text: line,
    widthMm: widthOf(line, wish.style, sizePt, typesetter),
  });
  const lines: FittedLine[] = [];
  let line: FittedLine | undefined;
  for (const word of wish.text.split(' ')) {
    const room = lines.length === 0 ? wish.widthMm - wish.indentMm : wish.widthMm;
    const longer = measure(line === undefined ? word : `${line.text} ${word}`);
    if (longer.widthMm <= room) {
      line = longer;
      continue;
    }
    // What stood in the line is finished; the word opens the next one.
    if (line !== undefined) lines.push(line);
    else if (lines.length > 0 || wish.indentMm === 0) return undefined;
    else lines.push(measure(''));
    line = measure(word);
    if (line.widthMm > wish.widthMm || lines.length >= wish.maxLines) return undefined;
  }
  return line === undefined ? lines : [...lines, line];
}

function widthOf(
  line: string,
  style: TextStyle,
  sizePt: number,
  typesetter: FaceTypesetter,
): number {
  const gaps = Math.max(Array.from(line).length - 1, 0);
  return typesetter.widthMm(line, style.font, sizePt) + gaps * (style.trackingMm ?? 0);
}
