import { derChildren, parseDer } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** A default value is not encoded [X.690 §11.5]. */
export const defaultCriticality: CertificateRule = {
  id: 'default-criticality',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: 'X.690 §11.5',
  fault: {
    vi: 'ghi rõ critical FALSE, trái với DER',
    en: 'writes out a criticality of FALSE, which DER leaves away',
  },
  holds: ({ tbs }) => {
    const wrapped = derChildren(parseDer(tbs, 'certificate')).find(({ tag }) => tag === 0xa3);
    const extensions = (wrapped === undefined ? [] : derChildren(wrapped)).flatMap(derChildren);
    return extensions
      .flatMap(derChildren)
      .every(({ tag, value }) => tag !== TAG.boolean || value[0] !== 0);
  },
};
