import { createHash } from 'node:crypto';
import {
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derSequence,
  derSetOf,
} from '../asn1/der';
import { encodeAscii } from '../bytes/text';
import { encodeName } from './distinguished-name';
import {
  type CertificateExtension,
  EXTENSION_OIDS,
  type ExtensionName,
  KEY_USAGES,
  type KeyUsage,
} from './extension-oids';
import { readPublicKeyBits } from './subject-public-key-info';

/** DER of one extension; a criticality of false is the default and not written [RFC 5280 §4.2]. */
export function encodeExtension(extension: CertificateExtension): Uint8Array {
  return derSequence(
    derOid(extension.oid),
    ...(extension.critical ? [derBoolean(true)] : []),
    derOctetString(extension.value),
  );
}

/** SHA-1 of the key's bits, 20 bytes [RFC 5280 §4.2.1.2 (1)]. */
export function deriveKeyIdentifier(publicKey: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha1').update(readPublicKeyBits(publicKey)).digest());
}

/** subjectKeyIdentifier, not critical [9303-12 §7.1]. */
export function buildSubjectKeyIdentifier(keyIdentifier: Uint8Array): CertificateExtension {
  return extension('subjectKeyIdentifier', false, derOctetString(keyIdentifier));
}

/** authorityKeyIdentifier with the key identifier alone, not critical [9303-12 §7.1]. */
export function buildAuthorityKeyIdentifier(keyIdentifier: Uint8Array): CertificateExtension {
  const value = derSequence(derContextPrimitive(0, keyIdentifier));
  return extension('authorityKeyIdentifier', false, value);
}

/** keyUsage, critical [9303-12 §7.1]. */
export function buildKeyUsage(...usages: readonly KeyUsage[]): CertificateExtension {
  const bits = usages.map((usage) => KEY_USAGES.indexOf(usage));
  return extension('keyUsage', true, derNamedBits(...bits));
}

/** privateKeyUsagePeriod with both bounds in GeneralizedTime, not critical [9303-12 §7.1]. */
export function buildPrivateKeyUsagePeriod(period: {
  readonly from: Date;
  readonly until: Date;
}): CertificateExtension {
  const time = (date: Date): Uint8Array => derGeneralizedTime(date).subarray(2);
  return extension(
    'privateKeyUsagePeriod',
    false,
    derSequence(
      derContextPrimitive(0, time(period.from)),
      derContextPrimitive(1, time(period.until)),
    ),
  );
}

/** Who answers for a CSCA, in subjectAltName and issuerAltName [9303-12 §7.1.1.2]. */
export interface IssuerContact {
  /** Three-letter code of the issuing State as in the MRZ. */
  readonly state: string;
  /** Mail address, DNS name or URI. */
  readonly contact: string;
}

/** subjectAltName or issuerAltName: a contact and the State as locality [9303-12 §7.1.1.2]. */
export function buildAltName(
  name: 'subjectAltName' | 'issuerAltName',
  { state, contact }: IssuerContact,
): CertificateExtension {
  const locality = encodeName([{ type: 'L', value: state }]);
  const value = derSequence(
    derContextPrimitive(contactTag(contact), encodeAscii(contact)),
    derContext(4, locality),
  );
  return extension(name, false, value);
}

/** basicConstraints of a CSCA: a CA with path length 0, critical [9303-12 §7.1]. */
export function buildCscaConstraints(): CertificateExtension {
  return extension('basicConstraints', true, derSequence(derBoolean(true), derInteger(0)));
}

/** cRLDistributionPoints, one point with every address of the list [9303-12 §7.1.1.4]. */
export function buildCrlDistributionPoints(uris: readonly string[]): CertificateExtension {
  const names = uris.map((uri) => derContextPrimitive(6, encodeAscii(uri)));
  const point = derSequence(derContext(0, derContext(0, ...names)));
  return extension('crlDistributionPoints', false, derSequence(point));
}

/**
 * documentTypeList: codes of one or two characters; one letter stands for every code that begins
 * with it [9303-12 §7.1.1.6].
 *
 * @throws RangeError when a code has another length.
 */
export function buildDocumentTypeList(types: readonly string[]): CertificateExtension {
  if (types.length === 0 || types.some((type) => !/^[A-Z][A-Z]?$/.test(type))) {
    throw new RangeError('a document type is one or two capital letters');
  }
  const value = derSequence(derInteger(0), derSetOf(...types.map(derPrintableString)));
  return extension('documentTypeList', false, value);
}

/** extKeyUsage with one purpose, critical as for signers of lists [9303-12 §7.1 table 6]. */
export function buildExtKeyUsage(purpose: string): CertificateExtension {
  return extension('extKeyUsage', true, derSequence(derOid(purpose)));
}

/** nameChange of a link certificate between two names of a CSCA [9303-12 §7.1.1.5]. */
export function buildNameChange(): CertificateExtension {
  return extension('nameChange', false, derNull);
}

function extension(
  name: ExtensionName,
  critical: boolean,
  value: Uint8Array,
): CertificateExtension {
  return { oid: EXTENSION_OIDS[name], critical, value };
}

/** rfc822Name [1], dNSName [2] or uniformResourceIdentifier [6] [RFC 5280 §4.2.1.6]. */
function contactTag(contact: string): number {
  if (contact.includes(':')) return 6;
  return contact.includes('@') ? 1 : 2;
}
