import { derChildren, parseDer, readTime } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** The same moment has one encoding [9303-12 §7.1, RFC 5280 §4.1.2.5]. */
export const timeEncoding: CertificateRule = {
  id: 'time-encoding',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'thời gian không ghi bằng UTCTime đến 2049 và GeneralizedTime sau đó',
    en: 'does not write its times as UTCTime through 2049 and GeneralizedTime afterwards',
  },
  holds: ({ tbs, version }) => {
    const validity = derChildren(parseDer(tbs, 'certificate'))[version === 1 ? 3 : 4];
    return (validity === undefined ? [] : derChildren(validity)).every((node) => {
      const isLate = readTime(node, 'certificate, validity').getUTCFullYear() > 2049;
      return node.tag === (isLate ? TAG.generalizedTime : TAG.utcTime);
    });
  },
};
