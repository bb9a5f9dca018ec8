import { parseDer, readTime } from '../../../asn1/read';
import { readPrivateKeyUsagePeriod } from '../../../pki/read-extensions';
import { CMS_OIDS } from '../../cms-oids';
import { findAttribute } from '../../parse-signed-data';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The key signs within the period of its use only [9303-12 §7.1]. */
export const listSigningPeriod: SignedListRule = {
  id: 'list-signing-period',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'thời điểm ký nằm ngoài thời gian sử dụng khóa của người ký',
    en: 'was signed at a time that is outside the use of its signer’s key',
  },
  holds: ({ signer, certificate }) => {
    if (signer?.signedAttributes === undefined || certificate === undefined) return true;
    const [value] = findAttribute(signer.signedAttributes.attributes, CMS_OIDS.signingTime) ?? [];
    if (value === undefined) return true;
    const time = readTime(parseDer(value, PLACE), PLACE);
    const { from, until } = { ...certificate.validity, ...readPrivateKeyUsagePeriod(certificate) };
    return from <= time && time <= until;
  },
};

const PLACE = 'signingTime';
