import { findNameAttribute } from '../../distinguished-name';
import { readAltNames } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** The locality holds the issuing state as it stands in the MRZ [9303-12 §7.1.1.2]. */
export const stateInAlternativeName: CertificateRule = {
  id: 'state-in-alternative-name',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1.1.2',
  fault: {
    vi: 'subjectAltName không ghi mã nước của MRZ',
    en: 'does not name the code of the MRZ in subjectAltName',
  },
  holds: (certificate) => {
    const names = readAltNames(certificate, 'subjectAltName');
    // An absent extension is the fault of another rule.
    return (
      names === undefined ||
      names.directoryNames.some((name) => /^[A-Z<]{1,3}$/.test(findNameAttribute(name, 'L') ?? ''))
    );
  },
};
