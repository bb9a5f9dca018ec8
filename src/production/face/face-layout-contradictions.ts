import { checkName, type PlacedComplaint } from '../profile/product-contradictions';
import type { YamlPath } from '../profile/read-yaml';
import type { FaceLayout, LayoutElement } from './face-layout';

/** Statements of one layout that cannot stand together. */
export function listFaceLayoutContradictions(
  layout: FaceLayout,
  file: string,
): readonly PlacedComplaint[] {
  return [
    ...checkName('face', layout.name, file),
    ...checkStyles(layout),
    ...checkSides(layout),
    ...layout.sides.flatMap(({ elements }, side) =>
      elements.flatMap((element, index) =>
        checkElement(layout, element, ['sides', side, 'elements', index]),
      ),
    ),
  ];
}

function checkStyles(layout: FaceLayout): readonly PlacedComplaint[] {
  return Object.entries(layout.styles)
    .filter(([, style]) => style.minSizePt > style.sizePt)
    .map(([name, style]) => ({
      path: ['styles', name, 'minSizePt'],
      found: `${style.minSizePt}`,
      allowed: `at most the sizePt, ${style.sizePt}`,
    }));
}

function checkSides({ sides }: FaceLayout): readonly PlacedComplaint[] {
  const names = sides.map((side) => side.name).join(' ');
  if (['front back', 'page'].includes(names)) return [];
  return [{ path: ['sides'], found: names, allowed: 'front and back, or one page' }];
}

function checkElement(
  layout: FaceLayout,
  element: LayoutElement,
  path: YamlPath,
): readonly PlacedComplaint[] {
  return [...checkStyleNames(layout, element, path), ...checkPlace(layout, element, path)];
}

function checkStyleNames(
  { styles }: FaceLayout,
  element: LayoutElement,
  path: YamlPath,
): readonly PlacedComplaint[] {
  return (['style', 'secondStyle'] as const).flatMap((member) => {
    const name = (element as Partial<Record<typeof member, string>>)[member];
    if (name === undefined || Object.hasOwn(styles, name)) return [];
    return [
      { path: [...path, member], found: `"${name}"`, allowed: Object.keys(styles).join(', ') },
    ];
  });
}

/** Only drawn patterns may bleed over the edge; everything else must be seen whole. */
function checkPlace(
  layout: FaceLayout,
  element: LayoutElement,
  path: YamlPath,
): readonly PlacedComplaint[] {
  if (element.draw === 'pattern' || element.draw === 'rectangle') return [];
  const [x, y] = element.atMm;
  const [width, height] = extentOf(element);
  if (x >= 0 && y >= 0 && x + width <= layout.widthMm && y + height <= layout.heightMm) return [];
  return [
    {
      path: [...path, 'atMm'],
      found: `${x} to ${x + width} mm across, ${y} to ${y + height} mm down`,
      allowed: `within ${layout.widthMm} × ${layout.heightMm} mm`,
    },
  ];
}

function extentOf(element: Exclude<LayoutElement, { draw: 'pattern' | 'rectangle' }>) {
  switch (element.draw) {
    case 'picture':
      return element.sizeMm;
    case 'qr':
      return [element.sideMm, element.sideMm] as const;
    case 'mrz':
      return [0, element.lineSpacingMm] as const;
    default:
      return [element.widthMm, 0] as const;
  }
}
