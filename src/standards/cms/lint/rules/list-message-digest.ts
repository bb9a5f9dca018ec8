import { parseDer, readOctetString } from '../../../asn1/read';
import { equalBytes } from '../../../bytes/compare';
import { digestBytes } from '../../../crypto/digest-algorithms';
import { CMS_OIDS } from '../../cms-oids';
import { digestOf } from '../../digest-of';
import { findAttribute } from '../../parse-signed-data';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The attribute is the hash of the content [RFC 5652 §11.2]. */
export const listMessageDigest: SignedListRule = {
  id: 'list-message-digest',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: 'RFC 5652 §11.2',
  fault: {
    vi: 'thuộc tính messageDigest thiếu hoặc không phải giá trị băm của nội dung',
    en: 'has no messageDigest attribute that is the hash of its content',
  },
  holds: ({ signedData: { content }, signer }) => {
    if (signer?.signedAttributes === undefined || content === undefined) return true;
    const values = findAttribute(signer.signedAttributes.attributes, CMS_OIDS.messageDigest) ?? [];
    const [found, ...others] = values.map((value) =>
      readOctetString(parseDer(value, PLACE), PLACE),
    );
    const hash = digestBytes(digestOf(signer.digestIdentifier), content);
    return found !== undefined && others.length === 0 && equalBytes(found, hash);
  },
};

const PLACE = 'messageDigest';
