import { equalBytes } from '../../../bytes/compare';
import { parseCertificate } from '../../../pki/certificate';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The CSCA of the signer ought to travel along [9303-12 §9]. */
export const listSignerCsca: SignedListRule = {
  id: 'list-signer-csca',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'không kèm chứng thư CSCA của người ký',
    en: 'does not carry the CSCA certificate of its signer',
  },
  holds: ({ signedData, certificate }) =>
    certificate === undefined ||
    signedData.certificates
      .map((bytes) => parseCertificate(bytes))
      .some(({ subject }) => equalBytes(subject.raw, certificate.issuer.raw)),
};
