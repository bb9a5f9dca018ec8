import { derInteger, derNull, derOctetString, derOid, derSequence } from '../../standards/asn1/der';
import { DIGESTS } from '../../standards/crypto/digest-algorithms';
import type { LdsSecurityObject } from '../../standards/lds/lds-security-object';
import { makeTestChain } from '../../standards/pki/testing/test-issuer';
import type { LdsFileName } from '../document/lds-files';
import { judgeFiles, type JudgeRequest } from './judge-files';
import {
  inBer,
  withBytesInside,
  withPlainSignature,
  withoutCertificates,
  withReversedAttributes,
  withVersion,
} from './testing/foreign-sods';
import { comOf } from './testing/specimen-faults';
import {
  hashesOf,
  makeSpecimen,
  SPECIMEN_CHAIN,
  type SpecimenOptions,
} from './testing/specimen-set';

/** Sets that nobody here made: what is said of them, and how bad it is taken to be. */
function complaintsAbout(request: JudgeRequest): readonly string[] {
  const { checks } = judgeFiles(request);
  return checks
    .filter(({ outcome }) => ['fail', 'warning', 'note'].includes(outcome))
    .map(({ outcome, reason }) => `${outcome}: ${reason?.en ?? ''}`);
}

async function withSod(
  change: (sod: Uint8Array) => Uint8Array,
  options: SpecimenOptions = {},
): Promise<JudgeRequest> {
  const { files, ...rest } = await makeSpecimen(options);
  return { ...rest, files: new Map(files).set('EF.SOD', change(files.get('EF.SOD')!)) };
}

const toVersion0 = ({ digest, hashes }: LdsSecurityObject): LdsSecurityObject => ({
  version: 0,
  digest,
  hashes,
});

/** A security object with SHA-1, its identifier with NULL, as LDS 1.7 documents have it. */
function encodeSha1Object(files: ReadonlyMap<LdsFileName, Uint8Array>): Uint8Array {
  return derSequence(
    derInteger(0),
    derSequence(derOid(DIGESTS.sha1.oid), derNull),
    derSequence(
      ...[...hashesOf(files, 'sha1')].map(([group, hash]) =>
        derSequence(derInteger(group), derOctetString(hash)),
      ),
    ),
  );
}

describe('is accepted, with a word about it', () => {
  test('BER instead of DER', async () => {
    expect(complaintsAbout(await withSod(inBer))).toEqual([
      'warning: EF.SOD is not in DER: indefinite lengths.',
    ]);
  });

  test('signed attributes in another order', async () => {
    expect(complaintsAbout(await withSod(withReversedAttributes))).toEqual([
      'warning: The signed attributes are not in DER order.',
    ]);
  });

  test('a SignedData of version 1', async () => {
    expect(complaintsAbout(await withSod((sod) => withVersion(sod, 1)))).toEqual([
      'warning: SignedData says version 1 where 3 belongs.',
    ]);
  });

  test('an ECDSA signature in plain form', async () => {
    expect(complaintsAbout(await withSod((sod) => withPlainSignature(sod, 32)))).toEqual([
      'warning: The ECDSA signature is right but written as plain r‖s instead of DER.',
    ]);
  });

  test('bytes behind the SignedData inside the file', async () => {
    expect(complaintsAbout(await withSod(withBytesInside))).toEqual([
      'warning: Bytes follow behind the SignedData inside EF.SOD.',
    ]);
  });

  test('a security object of version 0', async () => {
    expect(complaintsAbout(await makeSpecimen({ securityObject: toVersion0 }))).toEqual([]);
  });

  test('version 0 without a certificate, when the signer is known otherwise', async () => {
    const request = await withSod(withoutCertificates, { securityObject: toVersion0 });
    const trust = { ...request.trust, documentSigners: [SPECIMEN_CHAIN.dsc.raw] };
    expect(complaintsAbout({ ...request, trust })).toEqual([
      'note: EF.SOD is V0 and holds no document-signer certificate; it was taken from the trust store.',
    ]);
  });

  test('curves by name', async () => {
    const chain = makeTestChain('ecdsa-P-256-sha256', 'named');
    const said =
      'names its curve, or leaves the cofactor away, where explicit parameters are demanded.';
    expect(complaintsAbout(await makeSpecimen({ chain }))).toEqual([
      `warning: The DSC ${said}`,
      `warning: The CSCA ${said}`,
    ]);
  });
});

describe('is refused', () => {
  test('SHA-1 in a document of today', async () => {
    const complaints = complaintsAbout(await makeSpecimen({ encodeContent: encodeSha1Object }));
    expect(complaints).toEqual([
      'fail: LDSSecurityObject uses SHA-1, which Doc 9303-12 does not allow.',
    ]);
  });

  test('version 1 without a certificate', async () => {
    expect(complaintsAbout(await withSod(withoutCertificates))).toEqual([
      'fail: EF.SOD holds no document-signer certificate.',
    ]);
  });

  test('version 1 without its versions', async () => {
    const unversioned = (files: ReadonlyMap<LdsFileName, Uint8Array>) =>
      derSequence(
        derInteger(1),
        derSequence(derOid(DIGESTS.sha256.oid)),
        derSequence(
          ...[...hashesOf(files, 'sha256')].map(([group, hash]) =>
            derSequence(derInteger(group), derOctetString(hash)),
          ),
        ),
      );
    expect(complaintsAbout(await makeSpecimen({ encodeContent: unversioned }))).toEqual([
      'fail: The LDSSecurityObject is V1 but has no ldsVersionInfo.',
    ]);
  });

  test('a hash too many, a hash too few', async () => {
    const extra = await makeSpecimen({
      securityObject: (object) => ({
        ...object,
        hashes: new Map([...object.hashes, [13, new Uint8Array(32)]]),
      }),
      beforeSigning: (files) => files.set('EF.COM', comOf([1, 2, 11, 12, 13, 14, 15])),
    });
    expect(complaintsAbout(extra)).toContain(
      'fail: EF.DG13 is in EF.SOD but the file is not there.',
    );
    const fewer = await makeSpecimen({
      securityObject: (object) => ({
        ...object,
        hashes: new Map([...object.hashes].filter(([group]) => group !== 12)),
      }),
    });
    expect(complaintsAbout(fewer)).toContain('fail: EF.DG12 is there but is not in EF.SOD.');
  });
});

test('SHA-1 of a time when it was allowed is a warning', async () => {
  const request = await makeSpecimen({
    encodeContent: encodeSha1Object,
    signingTime: new Date('2012-03-01T00:00:00Z'),
  });
  expect(complaintsAbout(request)).toContain(
    'warning: LDSSecurityObject uses SHA-1, no longer allowed for new documents.',
  );
});
