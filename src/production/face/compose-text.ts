import type { FaceText } from '../document/card-face';
import type { FaceTypesetter } from '../ports';
import type { Align, LayoutLabel, LayoutText, LayoutValue, PairMm, TextStyle } from './face-layout';
import { fitText, type FittedLine } from './fit-text';

/** Between base lines, as a multiple of the size, where the layout says nothing. */
const LINE_HEIGHT = 1.28;
const MM_PER_POINT = 25.4 / 72;

export interface TextComposer {
  readonly styles: Readonly<Record<string, TextStyle>>;
  readonly typesetter: FaceTypesetter;
  /** Name of the side, for messages. */
  readonly side: string;
}

/** A text of the form or of the record, fitted to its place. */
export function composeText(
  element: LayoutText | LayoutValue,
  text: string,
  composer: TextComposer,
): readonly FaceText[] {
  const style = styleOf(composer, element.style);
  const written = writeLetters(text, style);
  const isValue = element.draw === 'value';
  const indentMm = isValue ? (element.indentMm ?? 0) : 0;
  const source = isValue ? element.of : 'text';
  const fitted = fitText(
    {
      text: written,
      style,
      widthMm: element.widthMm,
      maxLines: isValue ? (element.maxLines ?? 1) : 1,
      indentMm,
      source: `${composer.side}.${source}`,
    },
    composer.typesetter,
  );
  const spacingMm =
    (isValue ? element.lineSpacingMm : undefined) ?? fitted.sizePt * MM_PER_POINT * LINE_HEIGHT;
  const [x, y] = element.atMm;
  return fitted.lines.flatMap((line, index) => {
    if (line.text === '') return [];
    const left = index === 0 ? x + indentMm : x;
    const room = index === 0 ? element.widthMm - indentMm : element.widthMm;
    const at = [left + alignOffset(element.align, room, line), y + index * spacingMm] as const;
    return [placeLine(line.text, style, { at, sizePt: fitted.sizePt, source })];
  });
}

/** `Họ và tên / Full name`: two languages on one line, each in its style. */
export function composeLabel(element: LayoutLabel, composer: TextComposer): readonly FaceText[] {
  const { typesetter } = composer;
  const firstStyle = styleOf(composer, element.style);
  const secondStyle = styleOf(composer, element.secondStyle);
  const source = `${composer.side}.label`;
  const fit = (text: string, style: TextStyle, widthMm: number) =>
    fitText({ text, style, widthMm, maxLines: 1, indentMm: 0, source }, typesetter);
  const first = fit(writeLetters(`${element.first} /`, firstStyle), firstStyle, element.widthMm);
  const firstWidth = first.lines[0]?.widthMm ?? 0;
  const gap = typesetter.widthMm(' ', firstStyle.font, first.sizePt);
  const second = fit(
    writeLetters(element.second, secondStyle),
    secondStyle,
    element.widthMm - firstWidth - gap,
  );
  const whole = firstWidth + gap + (second.lines[0]?.widthMm ?? 0);
  const [x, y] = element.atMm;
  const left = x + alignOffset(element.align, element.widthMm, { text: '', widthMm: whole });
  const place = { source: 'label' };
  return [
    ...first.lines.map((line) =>
      placeLine(line.text, firstStyle, { at: [left, y], sizePt: first.sizePt, ...place }),
    ),
    ...second.lines.map((line) =>
      placeLine(line.text, secondStyle, {
        at: [left + firstWidth + gap, y],
        sizePt: second.sizePt,
        ...place,
      }),
    ),
  ];
}

function placeLine(
  text: string,
  style: TextStyle,
  place: { readonly at: PairMm; readonly sizePt: number; readonly source: string },
): FaceText {
  return {
    kind: 'text',
    xMm: place.at[0],
    yMm: place.at[1],
    text,
    font: style.font,
    sizePt: place.sizePt,
    trackingMm: style.trackingMm ?? 0,
    colour: style.colour,
    source: place.source,
  };
}

function alignOffset(align: Align | undefined, roomMm: number, line: FittedLine): number {
  if (align === 'centre') return (roomMm - line.widthMm) / 2;
  return align === 'right' ? roomMm - line.widthMm : 0;
}

/** Letters as the style wants them, composed and without stray spaces. */
function writeLetters(text: string, style: TextStyle): string {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (style.letters !== 'upper-case') return plain;
  // Unicode's own mapping makes SS of it, and the name would no longer be the holder's.
  return plain.replaceAll('ß', 'ẞ').toLocaleUpperCase('vi');
}

function styleOf({ styles }: TextComposer, name: string): TextStyle {
  const style = styles[name];
  if (style === undefined) throw new Error(`the layout was parsed without its style ${name}`);
  return style;
}
