import type { ChipKeyMaker } from '../ports';
import { shippedChip, shippedProduct } from '../profile/testing/shipped-profiles';
import { makeChipKeys } from './make-chip-keys';

/** Makes keys whose private exponents begin with these bytes, one after the other. */
function makerOf(...firstBytes: readonly number[]): ChipKeyMaker {
  const waiting = [...firstBytes];
  const part = new Uint8Array(128).fill(0xc1);
  return {
    makeRsa: () =>
      Promise.resolve({
        publicKey: part,
        modulus: part,
        privateExponent: part.with(0, waiting.shift() ?? 0),
      }),
    makeEc: () => Promise.resolve({ publicKey: part, privateScalar: part }),
  };
}

// This applet has an RSA key for Active Authentication.
const order = {
  product: shippedProduct('icao-td3-passport'),
  chip: shippedChip('passport-applet'),
};

test('an RSA key with a private exponent that begins with zero is not used', async () => {
  const { activeAuthentication } = await makeChipKeys(order, makerOf(0, 0, 7));
  expect(activeAuthentication).toMatchObject({ type: 'rsa' });
  if (activeAuthentication?.type !== 'rsa') throw new Error('an RSA key');
  expect(activeAuthentication.privateExponent[0]).toBe(7);
});

test('a maker that gives none of full length is not asked for ever', async () => {
  await expect(makeChipKeys(order, makerOf())).rejects.toThrow('no RSA key of full length');
});
