import type { CommandApdu } from '../../apdu/command';
import { decodeOidValue, encodeOidValue } from '../../asn1/oid';
import { decodeUint, encodeMinimalUint } from '../../bytes/integer';
import { concatBytes } from '../../bytes/concat';
import { encodeTlv, findTlv, parseTlvs, requireTlv } from '../../tlv/tlv';

/** Tags inside the dynamic authentication data of PACE [9303-11 table 4]. */
export const PACE_TAG = {
  encryptedNonce: 0x80,
  terminalMapping: 0x81,
  chipMapping: 0x82,
  terminalPublicKey: 0x83,
  chipPublicKey: 0x84,
  terminalToken: 0x85,
  chipToken: 0x86,
  /** The most recent certification authority reference, then the one before it. */
  authorityReference: 0x87,
  previousAuthorityReference: 0x88,
  encryptedChipAuthenticationData: 0x8a,
} as const;

/** What MSE:Set AT says: variant, password, and domain parameters where ambiguous. */
export interface PaceSelection {
  readonly oid: string;
  /** 1 MRZ, 2 CAN, 3 PIN, 4 PUK. */
  readonly passwordReference: number;
  readonly parameterId?: number;
  /** Certificate holder authorization template, 7F4C with its tag, for Terminal Authentication. */
  readonly authorizationTemplate?: Uint8Array;
}

/** Data of MSE:Set AT, `0022C1A4` [9303-11 §4.4.4.1]. */
export function encodePaceSelection(selection: PaceSelection): Uint8Array {
  const { oid, passwordReference, parameterId, authorizationTemplate } = selection;
  return concatBytes(
    encodeTlv(0x80, encodeOidValue(oid)),
    encodeTlv(0x83, encodeMinimalUint(passwordReference)),
    parameterId === undefined ? new Uint8Array() : encodeTlv(0x84, encodeMinimalUint(parameterId)),
    authorizationTemplate ?? new Uint8Array(),
  );
}

/** MSE:Set AT for PACE [9303-11 §4.4.4.1]. */
export function buildPaceSelect(selection: PaceSelection): CommandApdu {
  return { cla: 0x00, ins: 0x22, p1: 0xc1, p2: 0xa4, data: encodePaceSelection(selection) };
}

/**
 * Reads the data of MSE:Set AT; unknown objects are ignored [9303-11 §4.4.4.1 note 2].
 *
 * @throws MalformedError
 */
export function parsePaceSelection(data: Uint8Array): PaceSelection {
  const place = 'MSE:Set AT';
  const tlvs = parseTlvs(data, place);
  const parameterId = findTlv(tlvs, 0x84);
  const template = tlvs.find(({ tag }) => tag === 0x7f4c);
  return {
    oid: decodeOidValue(requireTlv(tlvs, 0x80, place), place),
    passwordReference: decodeUint(requireTlv(tlvs, 0x83, place), place),
    ...(parameterId === undefined ? {} : { parameterId: decodeUint(parameterId, place) }),
    ...(template === undefined ? {} : { authorizationTemplate: template.raw }),
  };
}
