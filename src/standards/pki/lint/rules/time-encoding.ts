import { derChildren, parseDer, readTime } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

const VERSION_TAG = 0xa0;

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
  holds: ({ tbs }) => {
    const members = derChildren(parseDer(tbs, 'certificate'));
    // A certificate of version 1 has no version member before its serial number.
    const validity = members[members[0]?.tag === VERSION_TAG ? 4 : 3];
    return (validity === undefined ? [] : derChildren(validity)).every((node) => {
      const isLate = readTime(node, 'certificate, validity').getUTCFullYear() > 2049;
      return node.tag === (isLate ? TAG.generalizedTime : TAG.utcTime);
    });
  },
};
