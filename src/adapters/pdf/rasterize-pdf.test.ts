import type { ProductionError } from '../../production/errors';
import { rasterizePdf } from './rasterize-pdf';

test('says which program is missing', async () => {
  const tool = '/nowhere/pdftoppm';
  await expect(rasterizePdf(new Uint8Array(10), { dotsPerInch: 300, tool })).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    place: tool,
  } satisfies Partial<ProductionError>);
});

test('what is no PDF is refused', async () => {
  await expect(rasterizePdf(new Uint8Array(10), { dotsPerInch: 300 })).rejects.toMatchObject({
    code: 'INPUT_MALFORMED',
  } satisfies Partial<ProductionError>);
});
