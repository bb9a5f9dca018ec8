import { checkPair } from './check-pair';
import { checkProfiles } from './check-profiles';
import { formatProblem } from './profile-problem';
import {
  shippedChip,
  shippedNames,
  shippedPairs,
  shippedProduct,
  shippedText,
  withoutPackages,
} from './testing/shipped-profiles';

describe('the profiles that this repository ships', () => {
  test.each(shippedNames('products'))('the product %s is right', (name) => {
    expect(shippedProduct(name).name).toBe(name);
  });

  test.each(shippedNames('chips'))('the chip %s is right', (name) => {
    expect(shippedChip(name).name).toBe(name);
  });

  test.each(shippedPairs())('%s can be made on %s', (product, chip) => {
    expect(checkPair(shippedProduct(product), shippedChip(chip))).toEqual([]);
  });

  test('all of them go together, down to their faces', async () => {
    const { problems, products, pairs } = await checkProfiles({
      listProfiles: (kind) => Promise.resolve(shippedNames(kind)),
      readProfile: (kind, name) => Promise.resolve(shippedText(kind, name)),
      readPackage: withoutPackages,
    });
    expect(problems.map(formatProblem)).toEqual([]);
    expect([products, pairs]).toEqual([shippedNames('products'), shippedPairs().length]);
  });

  test('every chip is stock for some product', () => {
    const used = new Set(shippedPairs().map(([, chip]) => chip));
    expect(shippedNames('chips').filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('checkPair', () => {
  const product = shippedProduct('vn-cccd-2021');
  const chip = shippedChip('passport-applet-pace');
  const limits = chip.limits;
  const withoutActiveAuthentication = { ...chip };
  delete (withoutActiveAuthentication as { activeAuthentication?: unknown }).activeAuthentication;

  test.each([
    ['a chip that is not listed', product, { ...chip, name: 'other' }, /lists the chips passport/],
    [
      'a file that the chip cannot hold',
      product,
      { ...chip, files: new Map([...chip.files].filter(([name]) => name !== 'EF.DG13')) },
      /cannot hold EF.DG13/,
    ],
    [
      'PACE without EF.DG14',
      { ...product, lds: { ...product.lds, files: ['EF.COM', 'EF.DG1', 'EF.DG2', 'EF.SOD'] } },
      chip,
      /PACE repeats its infos in EF.DG14/,
    ],
    [
      'EF.DG15 without Active Authentication',
      product,
      withoutActiveAuthentication,
      /EF.DG15 needs Active Authentication/,
    ],
    [
      'a portrait beyond the limit of a file',
      { ...product, portrait: { ...product.portrait, maxBytes: 33_000 } },
      chip,
      /EF.DG2 may have 33200 bytes, a file 32767/,
    ],
    [
      'files beyond the memory',
      product,
      { ...chip, limits: { ...limits, memoryBytes: 20_000 } },
      /all files may have \d+ bytes, the chip holds 20000/,
    ],
    [
      'a script without its lock',
      product,
      { ...chip, script: chip.script.slice(0, -1) },
      /does not end with the lock/,
    ],
  ] as const)('refuses %s', (_name, wrongProduct, wrongChip, reason) => {
    expect(checkPair(wrongProduct, wrongChip)).toEqual([expect.stringMatching(reason)]);
  });

  test('refuses ECDSA for Active Authentication without EF.DG14', () => {
    const ecdsa = {
      algorithm: 'ecdsa',
      curve: 'P-256',
      digest: 'sha256',
      keyOrigin: 'host',
    } as const;
    const bare = { ...product.lds, files: product.lds.files.filter((name) => name !== 'EF.DG14') };
    const wrong = { ...chip, access: { bac: true, pace: [] }, activeAuthentication: ecdsa };
    expect(checkPair({ ...product, lds: bare }, wrong)).toEqual([
      'Active Authentication with ECDSA states its algorithm in EF.DG14',
    ]);
  });
});
