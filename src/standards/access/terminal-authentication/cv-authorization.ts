import { decodeOidValue, encodeOidValue } from '../../asn1/oid';
import { MalformedError } from '../../bytes/malformed';
import { encodeTlv, parseTlvs, requireTlv } from '../../tlv/tlv';

/** id-IS: inspection systems, the one type of terminal of Doc 9303 [9303-12 §7.2.2.4]. */
export const INSPECTION_SYSTEM_OID = '0.4.0.127.0.7.3.1.2.1';

const PLACE = 'CV certificate, authorization';
const TEMPLATE = 0x7f4c;
const DISCRETIONARY_DATA = 0x53;

const ROLES = ['terminal', 'foreign-dv', 'domestic-dv', 'cvca'] as const;

/** Roles by the two highest bits of the first byte [9303-12 §7.2.2.4]. */
export type CvRole = (typeof ROLES)[number];

/** Type of terminal and its bits: role first, access rights after it. */
export interface CvAuthorization {
  readonly oid: string;
  readonly bits: Uint8Array;
}

/** The certificate holder authorization template, tag 7F4C [9303-12 §7.2.2.4]. */
export function encodeAuthorization({ oid, bits }: CvAuthorization): Uint8Array {
  return encodeTlv(
    TEMPLATE,
    encodeTlv(0x06, encodeOidValue(oid)),
    encodeTlv(DISCRETIONARY_DATA, bits),
  );
}

/** Reads the value of a template [9303-12 §7.2.2.4]. @throws MalformedError */
export function parseAuthorization(value: Uint8Array): CvAuthorization {
  const tlvs = parseTlvs(value, PLACE);
  const bits = requireTlv(tlvs, DISCRETIONARY_DATA, PLACE);
  if (bits.length === 0) throw new MalformedError(PLACE, 'has no bits');
  return { oid: decodeOidValue(requireTlv(tlvs, 0x06, PLACE), PLACE), bits };
}

/** The role in an authorization [9303-12 §7.2.2.4]. */
export function roleOf({ bits }: CvAuthorization): CvRole {
  return ROLES[(bits[0] ?? 0) >> 6] ?? 'terminal';
}

/** The authorization of an inspection system with rights to read DG3 and DG4 [9303-11 §K.1]. */
export function inspectionSystemAuthorization(
  role: CvRole,
  rights: { readonly dg3: boolean; readonly dg4: boolean },
): CvAuthorization {
  const access = (rights.dg3 ? 1 : 0) | (rights.dg4 ? 2 : 0);
  return {
    oid: INSPECTION_SYSTEM_OID,
    bits: Uint8Array.of((ROLES.indexOf(role) << 6) | access),
  };
}

/** What a terminal may read beyond the other data groups [9303-11 §K.1]. */
export interface ReadingRights {
  readonly dg3: boolean;
  readonly dg4: boolean;
}

/**
 * The rights that every certificate of the chain grants: bitwise and; none when they are for
 * different types of terminal [9303-11 §7.1.4.3.6].
 */
export function effectiveReadingRights(chain: readonly CvAuthorization[]): ReadingRights {
  const same = chain.length > 0 && chain.every(({ oid }) => oid === INSPECTION_SYSTEM_OID);
  const access = same ? chain.reduce((granted, { bits }) => granted & (bits.at(-1) ?? 0), 0xff) : 0;
  return { dg3: (access & 1) !== 0, dg4: (access & 2) !== 0 };
}
