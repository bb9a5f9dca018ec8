import { convertToExplicitParameters } from './subject-public-key-info';
import { isSamePublicKey } from './same-public-key';
import { makeTestKey } from './testing/test-issuer';

test('a key is the same with named and with explicit parameters, and no other key is', () => {
  const { publicKey } = makeTestKey('ecdsa-P-256-sha256', 'named');
  const explicit = convertToExplicitParameters(publicKey);
  expect(explicit).not.toEqual(publicKey);
  expect(isSamePublicKey(publicKey, explicit)).toBe(true);
  expect(isSamePublicKey(publicKey, makeTestKey('ecdsa-P-256-sha256', 'named').publicKey)).toBe(
    false,
  );
});

test('RSA keys are the same byte by byte', () => {
  const { publicKey } = makeTestKey('rsa-2048-pss-sha256');
  expect(isSamePublicKey(publicKey, publicKey.slice())).toBe(true);
  expect(isSamePublicKey(publicKey, makeTestKey('rsa-2048-pss-sha256').publicKey)).toBe(false);
  expect(isSamePublicKey(publicKey, makeTestKey('ecdsa-P-256-sha256').publicKey)).toBe(false);
});
