import { PdfFaceRenderer } from '../../adapters/pdf/pdf-face-renderer';
import {
  SAMPLE_DAY,
  shippedLayout,
  shippedProduct,
} from '../../production/face/testing/sample-face';
import { renderFaceBench, runFaceBench } from './bench-face';

test('counts both sides of the cards that it renders', async () => {
  const result = await runFaceBench({
    seconds: 0.1,
    product: shippedProduct('vn-cccd-2021'),
    layout: shippedLayout('vn-cccd-2021'),
    renderer: new PdfFaceRenderer(),
    pictures: {
      prepare: (bytes, { widthPx, heightPx }) =>
        Promise.resolve({ bytes, format: 'jpeg', colour: 'rgb', widthPx, heightPx }),
    },
    today: SAMPLE_DAY,
  });
  expect(result.cards).toBeGreaterThan(0);
  expect(result.sides).toBe(result.cards * 2);
  expect(result.cardsPerSecond).toBeGreaterThan(0);
  expect(result.cardsPerCoreSecond).toBeGreaterThan(0);
}, 30_000);

test.each([
  [80, 'met'],
  [40, 'missed'],
])('%d cards a second of one core: %s', (cardsPerCoreSecond, verdict) => {
  const line = renderFaceBench({ cards: 9, sides: 18, cardsPerSecond: 30, cardsPerCoreSecond });
  expect(line).toMatch(new RegExp(`^face: ${cardsPerCoreSecond}\\.0 two-sided .*: ${verdict}$`));
});
