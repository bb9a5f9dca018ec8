import { derBitString, derContext, derInteger, derSequence, derTime } from '../asn1/der';
import { TAG } from '../asn1/tags';
import { encodeSignatureIdentifier, type SignatureAlgorithm } from '../crypto/signature-algorithms';
import { encodeTlv } from '../tlv/tlv';
import {
  buildAuthorityKeyIdentifier,
  deriveKeyIdentifier,
  encodeExtension,
} from './build-extensions';
import type { Certificate } from './certificate';
import { EXTENSION_OIDS } from './extension-oids';

/** Everything in a revocation list but its signature [RFC 5280 §5.1]. */
export interface RevocationListTemplate {
  readonly signature: SignatureAlgorithm;
  /** The CSCA that signs; a country's newest one signs for all of its CSCAs. */
  readonly csca: Certificate;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Rises with every list of the country. */
  readonly crlNumber: number;
  readonly revoked: readonly RevokedSerialNumber[];
}

export interface RevokedSerialNumber {
  /** Contents of the INTEGER as it stands in the certificate. */
  readonly serialNumber: Uint8Array;
  readonly revokedAt: Date;
}

/**
 * DER of the TBSCertList, version 2, with authority key identifier and number and nothing else: no
 * entry extension is allowed, and the member is absent when nothing is revoked [9303-12 §7.2].
 *
 * @throws RangeError when the next update is not after this one, or a certificate occurs twice.
 */
export function buildTbsRevocationList(template: RevocationListTemplate): Uint8Array {
  const { csca, thisUpdate, nextUpdate, revoked } = template;
  if (nextUpdate <= thisUpdate) throw new RangeError('the next update is not after this one');
  const serials = new Set(revoked.map(({ serialNumber }) => serialNumber.join('.')));
  if (serials.size !== revoked.length) throw new RangeError('a certificate is revoked twice');
  const extensions = [
    buildAuthorityKeyIdentifier(deriveKeyIdentifier(csca.publicKey)),
    { oid: EXTENSION_OIDS.crlNumber, critical: false, value: derInteger(template.crlNumber) },
  ];
  return derSequence(
    derInteger(1),
    encodeSignatureIdentifier(template.signature),
    csca.subject.raw,
    derTime(thisUpdate),
    derTime(nextUpdate),
    ...(revoked.length === 0 ? [] : [derSequence(...revoked.map(encodeEntry))]),
    derContext(0, derSequence(...extensions.map(encodeExtension))),
  );
}

/** DER of the list from the signed bytes and the signature over them [RFC 5280 §5.1.1]. */
export function assembleRevocationList(
  tbs: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  return derSequence(tbs, encodeSignatureIdentifier(algorithm), derBitString(signature));
}

function encodeEntry({ serialNumber, revokedAt }: RevokedSerialNumber): Uint8Array {
  return derSequence(encodeTlv(TAG.integer, serialNumber), derTime(revokedAt));
}
