import { openTrialCardKeys } from '../../production/encoding/testing/trial-card-keys';
import {
  shippedChip,
  shippedPairs,
  shippedProduct,
} from '../../production/profile/testing/shipped-profiles';
import { isChipKind } from '../../simulation/chip/chip-kinds';
import { SeededRandom } from '../../simulation/seeded-random';
import { renderWireBench, runWireBench, WIRE_BENCH_TARGET } from './bench-wire';

let keys: Awaited<ReturnType<typeof openTrialCardKeys>>;
beforeAll(async () => {
  keys = await openTrialCardKeys();
});
afterAll(() => keys.remove());

test.each(shippedPairs().filter(([, chip]) => isChipKind(chip)))(
  '%s on %s takes no more commands than the limits of the chip demand',
  async (productName, chipName) => {
    const pair = { product: shippedProduct(productName), chip: shippedChip(chipName) };
    const random = new SeededRandom('wire');
    const result = await runWireBench({ pair, cardKeys: keys.hsm, random });
    expect(result.fileCommands).toBe(result.leastFileCommands);
    expect(result.wireBytes).toBeGreaterThan(result.payloadBytes);
    const bound = result.takesExtendedLength ? WIRE_BENCH_TARGET : 1.15;
    expect(result.wireBytes / result.payloadBytes).toBeLessThan(bound);
    expect(renderWireBench(result)).toMatch(/: met$/);
  },
);
