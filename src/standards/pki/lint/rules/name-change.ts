import { equalBytes } from '../../../bytes/compare';
import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** It stands in a link certificate exactly when the CSCA changed its name [9303-12 §7.1]. */
export const nameChange: CertificateRule = {
  id: 'name-change',
  roles: ['csca-link'],
  severity: 'warning',
  clause: '9303-12 §7.1',
  fault: {
    vi: 'nameChange không khớp với việc đổi tên CSCA',
    en: 'has nameChange although the name is the same, or lacks it although the name is new',
  },
  holds: (certificate) => {
    const isRenamed = !equalBytes(certificate.subject.raw, certificate.issuer.raw);
    return isRenamed === (findExtension(certificate, 'nameChange') !== undefined);
  },
};
