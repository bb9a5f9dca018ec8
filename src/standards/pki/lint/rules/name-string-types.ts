import {
  type DerNode,
  derChildren,
  parseDer,
  readOid,
  readSet,
  readSequence,
} from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Country in PrintableString, the rest in that or UTF8String; a mail address has its own type [9303-12 §7.1]. */
export const nameStringTypes: CertificateRule = {
  id: 'name-string-types',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'tên không ghi bằng PrintableString hoặc UTF8String',
    en: 'writes a name in another string type than PrintableString or UTF8String',
  },
  holds: ({ subject, issuer }) =>
    [subject, issuer].every(({ raw }) => attributesOf(raw).every(isAllowed)),
};

const COUNTRY = '2.5.4.6';
const MAIL = '1.2.840.113549.1.9.1';

function attributesOf(name: Uint8Array): readonly DerNode[] {
  const place = 'certificate, name';
  return derChildren(parseDer(name, place)).flatMap((part) => readSet(part, place));
}

function isAllowed(attribute: DerNode): boolean {
  const [type, value] = readSequence(attribute, attribute.place);
  const oid = readOid(type, attribute.place);
  if (oid === MAIL) return value?.tag === TAG.ia5String;
  if (oid === COUNTRY) return value?.tag === TAG.printableString;
  return value?.tag === TAG.printableString || value?.tag === TAG.utf8String;
}
