import type { CardFace, FaceBox, FaceElement } from '../document/card-face';
import type { Holder } from '../document/holder';
import { ProductionError } from '../errors';
import type { FaceTypesetter } from '../ports';
import type { ProductProfile } from '../profile/product';
import { composeQr, qrText } from './compose-qr';
import { composeLabel, composeText } from './compose-text';
import type { FaceLayout, LayoutElement, LayoutPicture, LayoutSide, PairMm } from './face-layout';
import { printedValue } from './face-values';

export interface FaceRequest {
  readonly holder: Holder;
  readonly layout: FaceLayout;
  readonly product: ProductProfile;
  readonly typesetter: FaceTypesetter;
}

/**
 * The printed sides of a holder's card, every text fitted and every place decided.
 *
 * @throws ProductionError `FACE_OVERFLOW` and `FACE_UNPRINTABLE` with the side and field, never
 * its content; `PROFILE_INVALID` when the layout is for another form than the product.
 */
export function composeFace({ holder, layout, product, typesetter }: FaceRequest): CardFace {
  if (layout.form !== product.form) {
    throw new ProductionError('PROFILE_INVALID', `face ${layout.name}`, [
      `a layout for ${layout.form}, the product ${product.name} is ${product.form}`,
    ]);
  }
  return {
    widthMm: layout.widthMm,
    heightMm: layout.heightMm,
    cornerRadiusMm: layout.cornerRadiusMm,
    sides: layout.sides.map((side) => ({
      name: side.name,
      elements: side.elements.flatMap((element) =>
        composeElement(element, { holder, layout, side, typesetter }),
      ),
    })),
  };
}

interface SideRequest {
  readonly holder: Holder;
  readonly layout: FaceLayout;
  readonly side: LayoutSide;
  readonly typesetter: FaceTypesetter;
}

function composeElement(element: LayoutElement, request: SideRequest): readonly FaceElement[] {
  const { holder, layout, typesetter } = request;
  const side = request.side.name;
  const composer = { styles: layout.styles, typesetter, side };
  switch (element.draw) {
    case 'text':
      return composeText(element, element.text, composer);
    case 'label':
      return composeLabel(element, composer);
    case 'value': {
      const text = printedValue(element.of, holder, layout.convention);
      return text === undefined || text === '' ? [] : composeText(element, text, composer);
    }
    case 'picture':
      return composePicture(element, holder);
    case 'qr': {
      const { dotsPerInch } = layout;
      return composeQr(element, qrText(element, holder), { typesetter, dotsPerInch, side });
    }
    case 'mrz': {
      const [xMm, yMm] = element.atMm;
      const { lineSpacingMm } = element;
      return [{ kind: 'mrz', xMm, yMm, lineSpacingMm, lines: holder.mrzLines }];
    }
    case 'rectangle':
      return [
        {
          kind: 'rectangle',
          box: boxOf(element.atMm, element.sizeMm),
          ...(element.fill !== undefined && { fill: element.fill }),
          ...(element.stroke !== undefined && { stroke: element.stroke }),
          strokeWidthMm: element.strokeWidthMm ?? 0.15,
          radiusMm: element.radiusMm ?? 0,
          opacity: element.opacity ?? 1,
        },
      ];
    case 'pattern':
      return [
        {
          kind: 'pattern',
          box: boxOf(element.atMm, element.sizeMm),
          pattern: element.pattern,
          colours: element.colours,
          opacity: element.opacity ?? 1,
        },
      ];
  }
}

function composePicture(element: LayoutPicture, holder: Holder): readonly FaceElement[] {
  const picture = element.of === 'portrait' ? holder.portrait : holder.signature;
  if (picture === undefined) return [];
  return [
    {
      kind: 'picture',
      box: boxOf(element.atMm, element.sizeMm),
      picture,
      fit: element.fit,
      opacity: element.opacity ?? 1,
      blend: element.blend ?? 'normal',
      radiusMm: element.radiusMm ?? 0,
    },
  ];
}

function boxOf([xMm, yMm]: PairMm, [widthMm, heightMm]: PairMm): FaceBox {
  return { xMm, yMm, widthMm, heightMm };
}
