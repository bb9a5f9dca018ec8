import { parseDer, readOid } from '../../../asn1/read';
import { CMS_OIDS } from '../../cms-oids';
import { findAttribute } from '../../parse-signed-data';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The attribute binds the signature to the kind of content [RFC 5652 §11.1]. */
export const listContentType: SignedListRule = {
  id: 'list-content-type',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: 'RFC 5652 §11.1',
  fault: {
    vi: 'thuộc tính contentType thiếu hoặc không phải loại của nội dung',
    en: 'has no contentType attribute of the type of its content',
  },
  holds: ({ signedData, signer }) => {
    if (signer?.signedAttributes === undefined) return true;
    const values = findAttribute(signer.signedAttributes.attributes, CMS_OIDS.contentType) ?? [];
    const types = values.map((value) => readOid(parseDer(value, PLACE), PLACE));
    return types.length === 1 && types[0] === signedData.contentType;
  },
};

const PLACE = 'contentType';
