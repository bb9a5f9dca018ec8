import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';
import { findHead } from './find-head';
import { createPictureProcessor } from './picture-processor';
import sharp from 'sharp';
import type { Pixels } from './pixels';

const SIZE = { widthPx: 240, heightPx: 320 };
const WISH = { ...SIZE, maxBytes: 20_000 };
const processor = createPictureProcessor();

interface Figure {
  readonly middle?: number;
  readonly top?: number;
  readonly width?: number;
  readonly background?: string;
}

/** A head, a neck and shoulders before a wall. */
function drawFigure({ middle = 120, top = 30, width = 140, background = '#dfe6ee' }: Figure) {
  const height = width * 1.3;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="320">
    <rect width="240" height="320" fill="${background}"/>
    <ellipse cx="${middle}" cy="${top + height / 2}" rx="${width / 2}" ry="${height / 2}" fill="#7a4a33"/>
    <rect x="${middle - width / 5}" y="${top + height - 10}" width="${width / 2.5}" height="60" fill="#7a4a33"/>
    <rect x="0" y="${top + height + 30}" width="240" height="300" fill="#203040"/></svg>`;
  return sharp(Buffer.from(svg));
}

async function pixelsOf(picture: sharp.Sharp): Promise<Pixels> {
  return { rgb: await picture.removeAlpha().raw().toBuffer(), ...SIZE };
}

test('a head is measured to a few per cent', async () => {
  const head = findHead(await pixelsOf(drawFigure({ middle: 100, top: 40, width: 120 })));
  expect(head?.top).toBeCloseTo(40 / 320, 1);
  expect(head?.middle).toBeCloseTo(100 / 240, 1);
  expect(head?.width).toBeCloseTo(120 / 240, 1);
});

test.each([
  ['where it belongs', {}, []],
  ['far to the left', { middle: 80 }, ['head-place']],
  ['at the lower edge', { top: 110, width: 110 }, ['head-place']],
  ['small', { width: 70, top: 60 }, ['head-place']],
  ['cut off above', { top: -20 }, ['head-place']],
] as const)('a head %s', async (_where, figure, doubts) => {
  const { doubts: found = [], head } = await processor.prepare(
    new Uint8Array(await drawFigure(figure).png().toBuffer()),
    WISH,
  );
  expect(found).toEqual(doubts);
  expect(head).toBeDefined();
});

test('before an uneven background it is not judged', async () => {
  const noise = sharp({
    create: {
      ...{ width: 240, height: 320, channels: 3, background: 'white' },
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });
  expect(findHead(await pixelsOf(noise))).toBeUndefined();
  expect(findHead(await pixelsOf(drawFigure({ background: '#7a4a33' })))?.width ?? 0).toBe(0);
});

test('in the portraits of invented people there is nothing to complain of', async () => {
  for (const person of inventCitizens({ count: 3, seed: 3, today: new Date('2026-06-15Z') })) {
    const { pictures } = await drawPictures(person);
    const portrait = pictures.get(person.record.portrait) ?? new Uint8Array();
    const { doubts = [], head } = await processor.prepare(portrait, WISH);
    expect([doubts, head === undefined]).toEqual([[], false]);
  }
}, 60_000);
