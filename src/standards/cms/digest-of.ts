import { parseDer } from '../asn1/read';
import { type DigestName, parseDigestIdentifier } from '../crypto/digest-algorithms';

/** The hash function of a DER digest AlgorithmIdentifier [RFC 5652 §10.1.1]. @throws MalformedError */
export function digestOf(identifier: Uint8Array): DigestName {
  const place = 'SignedData, digest algorithm';
  return parseDigestIdentifier(parseDer(identifier, place), place);
}
