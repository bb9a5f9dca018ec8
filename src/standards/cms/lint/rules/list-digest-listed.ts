import { digestOf } from '../../digest-of';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** A reader in one pass prepares the hashes that are announced [RFC 5652 §5.1]. */
export const listDigestListed: SignedListRule = {
  id: 'list-digest-listed',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: 'RFC 5652 §5.1',
  fault: {
    vi: 'digestAlgorithms không có hàm băm của người ký',
    en: 'does not announce the hash of its signer in digestAlgorithms',
  },
  holds: ({ signedData, signer }) =>
    signer === undefined ||
    signedData.digestIdentifiers.map(digestOf).includes(digestOf(signer.digestIdentifier)),
};
