import { buildMasterListContent } from '../../../standards/cms/build-master-list';
import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../../standards/cms/build-signed-data';
import { MASTER_LIST_OID } from '../../../standards/cms/master-list';
import { signMessage } from '../../../standards/crypto/sign-verify';
import {
  assembleRevocationList,
  buildTbsRevocationList,
} from '../../../standards/pki/build-revocation-list';
import type { Certificate } from '../../../standards/pki/certificate';
import { makeTestKey, type TestChain } from '../../../standards/pki/testing/test-issuer';
import { makeTestListSigner } from '../../../standards/pki/testing/test-signers';

export interface TestCrl {
  readonly revoked?: readonly Certificate[];
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

/** A revocation list of the chain's CSCA, in DER. */
export function makeCrl(chain: TestChain, options: TestCrl = {}): Uint8Array {
  const { signature } = chain.cscaKey.algorithm;
  const tbs = buildTbsRevocationList({
    ...{ signature, csca: chain.csca, crlNumber: 7 },
    thisUpdate: options.thisUpdate ?? new Date('2026-06-01T00:00:00Z'),
    nextUpdate: options.nextUpdate ?? new Date('2026-08-30T00:00:00Z'),
    revoked: (options.revoked ?? []).map(({ serialNumber }) => ({
      serialNumber,
      revokedAt: new Date('2026-05-02T00:00:00Z'),
    })),
  });
  return assembleRevocationList(
    tbs,
    signature,
    signMessage(signature, chain.cscaKey.privateKey, tbs),
  );
}

/** A master list of these certificates by a signer of its own under the chain's CSCA. */
export function makeMasterList(chain: TestChain, certificates: readonly Uint8Array[]): Uint8Array {
  const key = makeTestKey(chain.dscKey.algorithm.name);
  const { signature } = key.algorithm;
  const content = buildMasterListContent(certificates);
  const frame = prepareSignedData({
    ...{ contentType: MASTER_LIST_OID, signature, signerId: 'subjectKeyIdentifier' },
    certificate: makeTestListSigner(chain, 'masterList', key).raw,
    otherCertificates: [chain.csca.raw],
  });
  const signedAttributes = encodeSignedAttributes(frame, content, new Date('2027-02-01Z'));
  const value = signMessage(signature, key.privateKey, signedAttributes);
  return assembleSignedData(frame, { content, signedAttributes, signature: value });
}
