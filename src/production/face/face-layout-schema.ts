import { FACE_FONTS, FACE_PATTERN_NAMES } from '../document/card-face';
import {
  integer,
  listOf,
  LOCAL_TEXT,
  objectOf,
  oneOf,
  PROFILE_NAME,
  taggedUnion,
  textLike,
  type Schema,
} from '../profile/schema-parts';
import { FACE_CONVENTIONS, FACE_FIELDS, type FaceLayout } from './face-layout';

/** A layout file as it is written: the layout, with its name under `face`. */
export type FaceLayoutYaml = Omit<FaceLayout, 'name'> & { readonly face: string };

const number = (minimum: number, maximum: number): Schema => ({ type: 'number', minimum, maximum });
const lengthMm = number(0, 200);
const pairMm: Schema = {
  type: 'array',
  description: 'two numbers in millimetres',
  items: number(-50, 250),
  minItems: 2,
  maxItems: 2,
};
const colour = textLike('^#[0-9a-f]{6}$', 'a colour as #1d3f8f, in quotes');
const styleName = textLike('^[a-z][a-zA-Z0-9]{0,31}$', 'the name of a style');
const words: Schema = { type: 'string', minLength: 1, maxLength: 160 };
const share = number(0, 1);
const align = oneOf(['left', 'centre', 'right']);

const textPlace = { atMm: pairMm, widthMm: lengthMm, style: styleName, align };

const elements = taggedUnion('draw', [
  objectOf({ draw: { const: 'text' }, ...textPlace, text: words }, ['align']),
  objectOf(
    {
      draw: { const: 'label' },
      ...textPlace,
      first: words,
      second: words,
      secondStyle: styleName,
    },
    ['align'],
  ),
  objectOf(
    {
      draw: { const: 'value' },
      ...textPlace,
      of: oneOf(FACE_FIELDS),
      maxLines: integer(1, 6),
      lineSpacingMm: lengthMm,
      indentMm: lengthMm,
    },
    ['align', 'maxLines', 'lineSpacingMm', 'indentMm'],
  ),
  objectOf(
    {
      draw: { const: 'picture' },
      of: oneOf(['portrait', 'signature']),
      atMm: pairMm,
      sizeMm: pairMm,
      fit: oneOf(['cover', 'contain']),
      opacity: share,
      blend: oneOf(['normal', 'multiply']),
      radiusMm: lengthMm,
    },
    ['opacity', 'blend', 'radiusMm'],
  ),
  objectOf(
    {
      draw: { const: 'qr' },
      atMm: pairMm,
      sideMm: lengthMm,
      fields: listOf(oneOf([...FACE_FIELDS, 'empty']), { min: 1, max: 32 }),
      separator: textLike('^.$', 'one character'),
      errorCorrection: oneOf(['L', 'M', 'Q', 'H']),
      colour,
      paper: colour,
    },
    ['paper'],
  ),
  objectOf({ draw: { const: 'mrz' }, atMm: pairMm, lineSpacingMm: number(3, 10) }),
  objectOf(
    {
      draw: { const: 'rectangle' },
      atMm: pairMm,
      sizeMm: pairMm,
      fill: colour,
      stroke: colour,
      strokeWidthMm: number(0, 5),
      radiusMm: lengthMm,
      opacity: share,
    },
    ['fill', 'stroke', 'strokeWidthMm', 'radiusMm', 'opacity'],
  ),
  objectOf(
    {
      draw: { const: 'pattern' },
      pattern: oneOf(FACE_PATTERN_NAMES),
      atMm: pairMm,
      sizeMm: pairMm,
      colours: listOf(colour, { min: 1, max: 8 }),
      opacity: share,
    },
    ['opacity'],
  ),
]);

const style = objectOf(
  {
    font: oneOf(FACE_FONTS),
    sizePt: number(2, 40),
    minSizePt: number(2, 40),
    colour,
    trackingMm: number(-1, 2),
    letters: oneOf(['as-is', 'upper-case']),
  },
  ['trackingMm', 'letters'],
);

/** JSON Schema of the files in `card-profiles/faces/`. */
export const FACE_LAYOUT_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Persoline face layout',
  description: 'Where everything stands on the printed sides of a card',
  ...objectOf({
    face: PROFILE_NAME,
    title: LOCAL_TEXT,
    form: oneOf(['TD1', 'TD2', 'TD3']),
    widthMm: number(50, 200),
    heightMm: number(30, 200),
    cornerRadiusMm: number(0, 10),
    dotsPerInch: integer(300, 2400),
    convention: oneOf(FACE_CONVENTIONS),
    styles: {
      type: 'object',
      maxProperties: 32,
      propertyNames: styleName,
      additionalProperties: style,
    },
    sides: listOf(
      objectOf({
        name: oneOf(['front', 'back', 'page']),
        elements: listOf(elements, { min: 1, max: 200 }),
      }),
      { min: 1, max: 2 },
    ),
  }),
};
