import {
  derBitString,
  derContext,
  derInteger,
  derSequence,
  derSetOf,
  derTime,
} from '../../../standards/asn1/der';
import { TAG } from '../../../standards/asn1/tags';
import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../../standards/cms/build-signed-data';
import { MASTER_LIST_OID } from '../../../standards/cms/master-list';
import { encodeSignatureIdentifier } from '../../../standards/crypto/signature-algorithms';
import { signMessage } from '../../../standards/crypto/sign-verify';
import type { Certificate } from '../../../standards/pki/certificate';
import type { TestChain } from '../../../standards/pki/testing/test-issuer';
import { encodeTlv } from '../../../standards/tlv/tlv';

export interface TestCrl {
  readonly revoked?: readonly Certificate[];
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

/** A revocation list of the chain's CSCA, in DER. */
export function makeCrl(chain: TestChain, options: TestCrl = {}): Uint8Array {
  const { signature } = chain.cscaKey.algorithm;
  const identifier = encodeSignatureIdentifier(signature);
  const entries = (options.revoked ?? []).map(({ serialNumber }) =>
    derSequence(encodeTlv(TAG.integer, serialNumber), derTime(new Date('2026-05-02T00:00:00Z'))),
  );
  const tbs = derSequence(
    derInteger(1),
    identifier,
    chain.csca.subject.raw,
    derTime(options.thisUpdate ?? new Date('2026-06-01T00:00:00Z')),
    derTime(options.nextUpdate ?? new Date('2026-08-30T00:00:00Z')),
    ...(entries.length === 0 ? [] : [derSequence(...entries)]),
    derContext(0, derSequence()),
  );
  const value = signMessage(signature, chain.cscaKey.privateKey, tbs);
  return derSequence(tbs, identifier, derBitString(value));
}

/** A master list of these certificates, signed by the chain's document signer for want of another. */
export function makeMasterList(chain: TestChain, certificates: readonly Uint8Array[]): Uint8Array {
  const { signature } = chain.dscKey.algorithm;
  const content = derSequence(derInteger(0), derSetOf(...certificates));
  const frame = prepareSignedData({
    contentType: MASTER_LIST_OID,
    signature,
    certificate: chain.dsc.raw,
    signerId: 'subjectKeyIdentifier',
  });
  const signedAttributes = encodeSignedAttributes(frame, content, new Date('2026-02-01Z'));
  const value = signMessage(signature, chain.dscKey.privateKey, signedAttributes);
  return assembleSignedData(frame, { content, signedAttributes, signature: value });
}
