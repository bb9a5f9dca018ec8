import { parseDer, readTime } from '../../../asn1/read';
import { CMS_OIDS } from '../../cms-oids';
import { findAttribute } from '../../parse-signed-data';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** It tells the newer of two lists, which have no number [9303-12 §9]. */
export const listSigningTime: SignedListRule = {
  id: 'list-signing-time',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'thiếu thời điểm ký',
    en: 'has no signing time',
  },
  holds: ({ signer }) => {
    if (signer?.signedAttributes === undefined) return true;
    const values = findAttribute(signer.signedAttributes.attributes, CMS_OIDS.signingTime) ?? [];
    // One that cannot be read is refused by the reading.
    return values.map((value) => readTime(parseDer(value, PLACE), PLACE)).length === 1;
  },
};

const PLACE = 'signingTime';
