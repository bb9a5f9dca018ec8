import type { ProfileSource } from '../ports';
import type { ApprovedRecord } from '../document/approved-record';
import { findChipFor, loadPair, loadProduct } from './load-profiles';
import { shippedNames, shippedText, withoutPackages } from './testing/shipped-profiles';

const source: ProfileSource = {
  listProfiles: (kind) => Promise.resolve(shippedNames(kind)),
  readProfile: (kind, name) => Promise.resolve(shippedText(kind, name)),
  readPackage: withoutPackages,
};

test('a product comes with its first chip, or with the one that was named', async () => {
  const first = await loadPair(source, { product: 'vn-cccd-2021' });
  expect([first.product.name, first.chip.name]).toEqual(['vn-cccd-2021', 'passport-applet-pace']);
  const named = await loadPair(source, { product: 'vn-cccd-2021', chip: 'passport-applet' });
  expect(named.chip.name).toBe('passport-applet');
});

test('a pair that does not go together is refused with its reasons', async () => {
  const pickier: ProfileSource = {
    ...source,
    readProfile: (kind, name) => {
      const { text, file } = shippedText(kind, name);
      return Promise.resolve({
        file,
        text: text.replace(/chips: .*/, 'chips: [other]'),
      });
    },
  };
  await expect(
    loadPair(pickier, { product: 'vn-cccd-2021', chip: 'passport-applet' }),
  ).rejects.toMatchObject({
    code: 'PROFILE_INVALID',
    place: 'vn-cccd-2021 on passport-applet',
    reasons: ['the product lists the chips other'],
  });
  expect((await loadProduct(pickier, 'vn-cccd-2021')).chips).toEqual(['other']);
});

test('a record gets the first chip that holds what it asks for', async () => {
  const chipFor = (asked: Partial<ApprovedRecord>): Promise<string> =>
    findChipFor(asked as ApprovedRecord, 'icao-td3-passport', source);
  expect(await chipFor({})).toBe('passport-applet-pace');
  expect(await chipFor({ signature: 's.png', ethnicity: 'A' })).toBe('passport-applet-pace');
  expect(await chipFor({ personsToNotify: [] })).toBe('gp-emrtd');
});
