import type { FaceElement } from '../document/card-face';
import type { Holder } from '../document/holder';
import { ProductionError } from '../errors';
import type { FaceTypesetter } from '../ports';
import type { LayoutQr } from './face-layout';
import { qrValue } from './face-values';

/** Light modules around a symbol [ISO/IEC 18004 §6.3.8]. */
const QUIET_MODULES = 4;
/** Below this a card printer loses modules. */
const MIN_DOTS_PER_MODULE = 2;
const MM_PER_INCH = 25.4;

export interface QrComposer {
  readonly typesetter: FaceTypesetter;
  readonly dotsPerInch: number;
  readonly side: string;
}

/** The text of the QR code: its fields joined, the empty ones kept in their place. */
export function qrText(element: LayoutQr, holder: Holder): string {
  return element.fields
    .map((field) => qrValue(field, holder).normalize('NFC'))
    .join(element.separator);
}

/**
 * A QR code in the middle of its square, its modules rounded down to whole printer dots.
 *
 * @throws ProductionError `FACE_OVERFLOW` when a module would be smaller than two dots.
 */
export function composeQr(
  element: LayoutQr,
  text: string,
  { typesetter, dotsPerInch, side }: QrComposer,
): readonly FaceElement[] {
  const symbol = typesetter.qrSymbol(text, element.errorCorrection);
  const dotMm = MM_PER_INCH / dotsPerInch;
  const dots = Math.floor(element.sideMm / (symbol.size + 2 * QUIET_MODULES) / dotMm);
  if (dots < MIN_DOTS_PER_MODULE) {
    throw new ProductionError('FACE_OVERFLOW', `${side}.qr`, [
      `${symbol.size} modules in ${element.sideMm} mm are under ${MIN_DOTS_PER_MODULE} dots each`,
    ]);
  }
  const moduleMm = dots * dotMm;
  const marginMm = (element.sideMm - symbol.size * moduleMm) / 2;
  const [x, y] = element.atMm;
  const box = { xMm: x, yMm: y, widthMm: element.sideMm, heightMm: element.sideMm };
  const paper: FaceElement[] =
    element.paper === undefined
      ? []
      : [
          {
            kind: 'rectangle',
            box,
            fill: element.paper,
            strokeWidthMm: 0,
            radiusMm: 0.6,
            opacity: 1,
          },
        ];
  return [
    ...paper,
    {
      kind: 'qr',
      xMm: x + marginMm,
      yMm: y + marginMm,
      moduleMm,
      symbol,
      colour: element.colour,
    },
  ];
}
