import { concatBytes } from '../../standards/bytes/concat';
import { encodeUint } from '../../standards/bytes/integer';
import { encodeAscii } from '../../standards/bytes/text';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import { parseTlv } from '../../standards/tlv/tlv';
import type { MrzSecret } from '../document/holder';
import {
  type ChipKey,
  type EcChipKey,
  holdsPrivateKey,
  type WritableDocument,
} from '../document/signed-document';
import type { TemplateValues } from './fill-template';

/** Length to which a shorter document number is filled in the MRZ information [9303-11 §9.7.2]. */
const MIN_DOCUMENT_NUMBER = 9;
const UNCOMPRESSED = 0x04;

/** Everything that a document can put into the commands of a chip. */
export function listDocumentValues(
  application: Uint8Array,
  { access, chipKeys, terminalTrust }: WritableDocument,
): TemplateValues {
  return {
    application,
    ...listMrzValues(access.mrz),
    ...(access.can !== undefined && { can: encodeAscii(access.can) }),
    ...listActiveAuthenticationValues(chipKeys.activeAuthentication),
    ...listChipAuthenticationValues(chipKeys.chipAuthentication),
    ...(terminalTrust && { 'cvca.date': encodeAscii(terminalTrust.currentDate) }),
  };
}

/** The values of one trust point, for the steps that are done for each of them. */
export function listTrustPointValues(certificate: Uint8Array): TemplateValues {
  const { value } = parseTlv(certificate, 'CVCA certificate');
  return { 'cvca.certificate': certificate, 'cvca.content': value };
}

function listMrzValues(mrz: MrzSecret): TemplateValues {
  return {
    'mrz.documentNumber': encodeAscii(mrz.documentNumber.padEnd(MIN_DOCUMENT_NUMBER, '<')),
    'mrz.dateOfBirth': encodeAscii(mrz.dateOfBirth),
    'mrz.dateOfExpiry': encodeAscii(mrz.dateOfExpiry),
  };
}

function listActiveAuthenticationValues(key: ChipKey | undefined): TemplateValues {
  if (!holdsPrivateKey(key)) return {};
  if (key.type === 'ec') return { 'aa.privateScalar': key.privateScalar };
  const { modulus, privateExponent } = key;
  // The exponent is as long as the modulus, whatever its leading zeros: the chip counts bytes.
  return { 'aa.modulus': modulus, 'aa.privateExponent': padTo(privateExponent, modulus.length) };
}

function listChipAuthenticationValues(key: ChipKey | undefined): TemplateValues {
  if (key?.type !== 'ec') return {};
  const curve = findCurveByName(key.curve);
  if (curve === undefined) return {};
  const coordinate = (value: bigint): Uint8Array => encodeUint(value, curve.fieldBytes);
  return {
    'ca.p': coordinate(curve.p),
    'ca.a': coordinate(curve.a),
    'ca.b': coordinate(curve.b),
    'ca.g': concatBytes(Uint8Array.of(UNCOMPRESSED), coordinate(curve.gx), coordinate(curve.gy)),
    'ca.n': encodeUint(curve.n, curve.orderBytes),
    'ca.privateScalar': scalarOf(key, curve.orderBytes),
  };
}

function scalarOf(key: EcChipKey, orderBytes: number): Uint8Array {
  return padTo(key.privateScalar, orderBytes);
}

function padTo(bytes: Uint8Array, length: number): Uint8Array {
  return concatBytes(new Uint8Array(Math.max(0, length - bytes.length)), bytes);
}
