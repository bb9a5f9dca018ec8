import {
  derIa5String,
  derOid,
  derPrintableString,
  derSequence,
  derSetOf,
  derUtf8String,
} from '../asn1/der';
import { type DerNode, readOid, readSequence, readSet, readText } from '../asn1/read';
import { encodeHex } from '../bytes/hex';

/** Attribute types of issuer and subject names, with the string type in which they are written. */
const NAME_ATTRIBUTES = {
  C: { oid: '2.5.4.6', encode: derPrintableString },
  ST: { oid: '2.5.4.8', encode: derUtf8String },
  L: { oid: '2.5.4.7', encode: derUtf8String },
  O: { oid: '2.5.4.10', encode: derUtf8String },
  OU: { oid: '2.5.4.11', encode: derUtf8String },
  CN: { oid: '2.5.4.3', encode: derUtf8String },
  serialNumber: { oid: '2.5.4.5', encode: derPrintableString },
  emailAddress: { oid: '1.2.840.113549.1.9.1', encode: derIa5String },
} as const satisfies Record<string, { oid: string; encode: (text: string) => Uint8Array }>;

export type NameAttributeType = keyof typeof NAME_ATTRIBUTES;

/** One attribute of a name that is to be written. */
export interface NameAttribute {
  readonly type: NameAttributeType;
  readonly value: string;
}

/** A name as found: its bytes, by which issuers are matched, and its attributes as text. */
export interface DistinguishedName {
  readonly raw: Uint8Array;
  readonly attributes: readonly FoundNameAttribute[];
}

export interface FoundNameAttribute {
  /** Short name, or the object identifier where there is none. */
  readonly type: string;
  readonly value: string;
}

/**
 * DER of a name, one attribute a relative name, in the order given. Country in PrintableString,
 * other texts in UTF8String [9303-12 §7.1, RFC 5280 §4.1.2.4].
 */
export function encodeName(attributes: readonly NameAttribute[]): Uint8Array {
  return derSequence(
    ...attributes.map(({ type, value }) => {
      const { oid, encode } = NAME_ATTRIBUTES[type];
      return derSetOf(derSequence(derOid(oid), encode(value)));
    }),
  );
}

/**
 * Reads a name. A value in a string type that is not read here is given as hexadecimal
 * [RFC 5280 §4.1.2.4].
 *
 * @throws MalformedError
 */
export function parseName(node: DerNode | undefined, place: string): DistinguishedName {
  const relativeNames = readSequence(node, place);
  const attributes = relativeNames.flatMap((relativeName) =>
    readSet(relativeName, place).map((attribute) => {
      const [type, value] = readSequence(attribute, place);
      return { type: shortName(readOid(type, place)), value: textOf(value, place) };
    }),
  );
  return { raw: node?.raw ?? new Uint8Array(), attributes };
}

/** The first attribute of a type, `C` for the country [9303-12 §7.1]. */
export function findNameAttribute(
  name: DistinguishedName,
  type: NameAttributeType,
): string | undefined {
  return name.attributes.find((attribute) => attribute.type === type)?.value;
}

/** The name in one line, in the order in which it stands: `C=VN, O=…, CN=…` [RFC 4514 §2]. */
export function formatName(name: DistinguishedName): string {
  return name.attributes.map(({ type, value }) => `${type}=${value}`).join(', ');
}

function shortName(oid: string): string {
  const row = Object.entries(NAME_ATTRIBUTES).find(([, attribute]) => attribute.oid === oid);
  return row?.[0] ?? oid;
}

function textOf(node: DerNode | undefined, place: string): string {
  const isText = node !== undefined && [0x0c, 0x13, 0x14, 0x16].includes(node.tag);
  return isText || node === undefined ? readText(node, place) : `#${encodeHex(node.raw)}`;
}
