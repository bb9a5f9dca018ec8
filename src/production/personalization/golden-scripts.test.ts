import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  PROFILE_FOLDER,
  shippedChip,
  shippedPairs,
  shippedProduct,
} from '../profile/testing/shipped-profiles';
import { renderScripts } from './render-scripts';
import { buildSampleDocument } from './sample-document';

const folder = join(PROFILE_FOLDER, 'golden');
const nameOf = (product: string, chip: string): string => `${product}.${chip}.txt`;

describe('the APDUs of the sample document', () => {
  test.each(shippedPairs())('%s on %s are those that were reviewed', (productName, chipName) => {
    const product = shippedProduct(productName);
    const chip = shippedChip(chipName);
    const document = buildSampleDocument(product, chip);
    const golden = readFileSync(join(folder, nameOf(productName, chipName)), 'utf8');
    expect(renderScripts({ document, product, chip }, 'shown')).toBe(golden);
  });

  test('no golden file is left of a pair that is gone', () => {
    const expected = shippedPairs().map(([product, chip]) => nameOf(product, chip));
    expect(readdirSync(folder).sort()).toEqual(expected.sort());
  });
});
