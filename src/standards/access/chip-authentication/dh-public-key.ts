import { derBitString, derInteger, derOid, derSequence } from '../../asn1/der';
import {
  type DerNode,
  parseDer,
  readBitString,
  readInteger,
  readOid,
  readSequence,
} from '../../asn1/read';
import { TAG } from '../../asn1/tags';
import { encodeMinimalUint } from '../../bytes/integer';
import { MalformedError } from '../../bytes/malformed';
import type { AgreementGroup } from '../../crypto/agreement-group';
import { dhGroup } from '../../crypto/dh-group';
import { DH_GROUPS, type DhParameters } from '../../crypto/dh-parameters';

const OID = {
  /** dhpublicnumber: p, g, q [RFC 3279 §2.3.3]. */
  x942: '1.2.840.10046.2.1',
  /** dhKeyAgreement: p, g and perhaps a length [PKCS #3 §9]. */
  pkcs3: '1.2.840.113549.1.3.1',
} as const;

const PLACE = 'DH public key';
const MAX_PRIME_BITS = 4096;

/** A key for Diffie-Hellman with its group. */
export interface DhPublicKey {
  readonly group: AgreementGroup;
  /** Unsigned, with the fewest bytes. */
  readonly publicKey: Uint8Array;
}

/** True when a SubjectPublicKeyInfo holds a Diffie-Hellman key [9303-11 §9.2.6]. @throws MalformedError */
export function isDhPublicKey(subjectPublicKeyInfo: Uint8Array): boolean {
  const oid = readAlgorithm(subjectPublicKeyInfo).oid;
  return oid === OID.x942 || oid === OID.pkcs3;
}

/**
 * DER SubjectPublicKeyInfo of a Diffie-Hellman key: by PKCS #3, which Doc 9303 demands, or by X9.42
 * with the order, which chips in circulation have [9303-11 §8.5 note 2, §9.2.6].
 */
export function encodeDhPublicKey(
  parameters: Pick<DhParameters, 'p' | 'g' | 'q'>,
  publicKey: Uint8Array,
  form: 'pkcs3' | 'x942' = 'pkcs3',
): Uint8Array {
  const { p, g, q } = parameters;
  const algorithm =
    form === 'pkcs3'
      ? derSequence(derOid(OID.pkcs3), derSequence(derInteger(p), derInteger(g)))
      : derSequence(derOid(OID.x942), derSequence(derInteger(p), derInteger(g), derInteger(q)));
  return derSequence(algorithm, derBitString(derInteger(publicKey)));
}

/**
 * Reads a Diffie-Hellman key of either form. Without q the group is looked up by its prime, and
 * where it is not known its order is taken as p - 1, which checks the range alone
 * [9303-11 §9.2.6, RFC 3279 §2.3.3].
 *
 * @throws MalformedError
 */
export function parseDhPublicKey(subjectPublicKeyInfo: Uint8Array): DhPublicKey {
  const { oid, parameters, bits } = readAlgorithm(subjectPublicKeyInfo);
  if (oid !== OID.x942 && oid !== OID.pkcs3) throw new MalformedError(PLACE, 'is no such key');
  const [prime, generator, third] = readSequence(parameters, `${PLACE}, parameters`);
  const p = readInteger(prime, `${PLACE}, prime`);
  const g = readInteger(generator, `${PLACE}, generator`);
  if (p.toString(2).length > MAX_PRIME_BITS) throw new MalformedError(PLACE, 'is too large');
  if (p < 5n || g < 2n || g >= p) throw new MalformedError(PLACE, 'has impossible parameters');
  const known = Object.values<DhParameters>(DH_GROUPS).find((one) => one.p === p && one.g === g);
  const q = oid === OID.x942 ? readInteger(third, `${PLACE}, order`) : (known?.q ?? p - 1n);
  if (q < 2n || q >= p) throw new MalformedError(PLACE, 'has an impossible order');
  const value = readInteger(parseDer(bits, PLACE), `${PLACE}, value`);
  return {
    group: dhGroup({ name: known?.name ?? 'DH group of the chip', p, g, q }),
    publicKey: encodeMinimalUint(value),
  };
}

function readAlgorithm(bytes: Uint8Array): {
  readonly oid: string;
  readonly parameters: DerNode | undefined;
  readonly bits: Uint8Array;
} {
  const [algorithm, key] = readSequence(parseDer(bytes, PLACE), PLACE);
  const [identifier, parameters] = readSequence(algorithm, `${PLACE}, algorithm`);
  const oid = readOid(identifier, `${PLACE}, algorithm`);
  const bits = key?.tag === TAG.bitString ? readBitString(key, PLACE) : new Uint8Array();
  return { oid, parameters, bits };
}
