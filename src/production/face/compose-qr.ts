import type { FaceElement } from '../document/card-face';
import type { Holder } from '../document/holder';
import { ProductionError } from '../errors';
import type { FaceTypesetter } from '../ports';
import type { LayoutQr } from './face-layout';
import { qrValue } from './face-values';

/** Light modules around a symbol [ISO 18004 §6.3.8]. */
const QUIET_MODULES = 4;
const MM_PER_INCH = 25.4;
/** Two dots of a 300 dpi printer, also on a finer one: below this readers lose modules. */
const MIN_MODULE_MM = (2 * MM_PER_INCH) / 300;

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
 * A QR code in the middle of its square: modules of whole printer dots, on the printer's grid.
 *
 * @throws ProductionError `FACE_OVERFLOW` when a module would be smaller than two dots at 300 dpi.
 */
export function composeQr(
  element: LayoutQr,
  text: string,
  { typesetter, dotsPerInch, side }: QrComposer,
): readonly FaceElement[] {
  const symbol = typesetter.qrSymbol(text, element.errorCorrection);
  const dotMm = MM_PER_INCH / dotsPerInch;
  const dots = Math.floor(element.sideMm / (symbol.size + 2 * QUIET_MODULES) / dotMm);
  const moduleMm = dots * dotMm;
  // A nanometre for the rounding of binary fractions.
  if (moduleMm < MIN_MODULE_MM - 1e-6) {
    throw new ProductionError('FACE_OVERFLOW', `${side}.qr`, [
      `${symbol.size} modules in ${element.sideMm} mm are under 2 dots at 300 dpi each`,
    ]);
  }
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
      xMm: onGrid(x + marginMm, dotMm),
      yMm: onGrid(y + marginMm, dotMm),
      moduleMm,
      symbol,
      colour: element.colour,
    },
  ];
}

function onGrid(mm: number, dotMm: number): number {
  return Math.round(mm / dotMm) * dotMm;
}
