import fc from 'fast-check';
import { MalformedError } from '../bytes/malformed';
import { parseCertificate } from './certificate';
import { readBasicConstraints, readKeyUsage } from './read-extensions';
import { makeTestChain } from './testing/test-issuer';
import { verifyCertificateSignature } from './verify-certificate';

const { csca, dsc } = makeTestChain('ecdsa-P-256-sha256', 'named');

it('keeps the bytes that were signed and the whole', () => {
  const again = parseCertificate(dsc.raw);
  expect(Buffer.from(dsc.raw).includes(Buffer.from(again.tbs))).toBe(true);
  expect(again).toEqual(dsc);
});

it('refuses every truncation and bytes behind the end', () => {
  for (let length = 0; length < dsc.raw.length; length += 5) {
    expect(() => parseCertificate(dsc.raw.subarray(0, length))).toThrow(MalformedError);
  }
  expect(() => parseCertificate(new Uint8Array([...dsc.raw, 0]))).toThrow('follow after its end');
});

it('reads or refuses whatever one byte becomes, and never believes its signature', () => {
  const change = fc.tuple(fc.nat(dsc.raw.length - 1), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(change, ([at, mask]) => {
      const changed = dsc.raw.map((byte, index) => (index === at ? byte ^ mask : byte));
      try {
        const read = parseCertificate(changed);
        expect(verifyCertificateSignature(read, csca.publicKey).valid).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 500 },
  );
});

it('says why a signature is not believed', () => {
  const other = makeTestChain('ecdsa-P-384-sha384').csca;
  expect(verifyCertificateSignature(dsc, other.publicKey)).toEqual({
    valid: false,
    reason: "the ECDSA with SHA-256 signature does not fit the issuer's key",
  });
  const twoAlgorithms = { ...dsc, signatureIdentifier: other.signatureIdentifier };
  expect(verifyCertificateSignature(twoAlgorithms, csca.publicKey)).toMatchObject({
    reason: 'the algorithms inside and outside the signed part differ',
  });
  expect(verifyCertificateSignature(dsc, Uint8Array.of(0x30, 0))).toMatchObject({
    reason: 'SubjectPublicKeyInfo: is no key that can be used',
  });
});

it('reads what is absent as absent', () => {
  const bare = { ...dsc, extensions: [] };
  expect(readKeyUsage(bare)).toBeUndefined();
  expect(readBasicConstraints(bare)).toBeUndefined();
});

it('refuses an extension that is malformed when it is asked for', () => {
  const broken = {
    ...csca,
    extensions: [{ oid: '2.5.29.19', critical: true, value: Uint8Array.of(0x30, 5) }],
  };
  expect(() => readBasicConstraints(broken)).toThrow(MalformedError);
});
