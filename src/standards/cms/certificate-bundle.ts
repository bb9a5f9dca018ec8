import { derContext, derInteger, derOid, derRetag, derSequence, derSetOf } from '../asn1/der';
import { CMS_OIDS } from './cms-oids';

const CERTIFICATES = 0xa0;
const DATA_OID = '1.2.840.113549.1.7.1';

/**
 * Certificates and nothing signed: the `.p7b` that other parties' programs import
 * [RFC 5652 §5.1, RFC 8551 §3.8].
 */
export function encodeCertificateBundle(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = derSequence(
    derInteger(1),
    derSetOf(),
    derSequence(derOid(DATA_OID)),
    derRetag(CERTIFICATES, derSetOf(...certificates)),
    derSetOf(),
  );
  return derSequence(derOid(CMS_OIDS.signedData), derContext(0, signedData));
}
