import type { CommandApdu } from '../../apdu/command';
import { decodeOidValue, encodeOidValue } from '../../asn1/oid';
import { concatBytes } from '../../bytes/concat';
import { decodeUint, encodeMinimalUint } from '../../bytes/integer';
import { encodeTlv, findTlv, parseTlvs, requireTlv } from '../../tlv/tlv';

const EPHEMERAL_PUBLIC_KEY = 0x91;
const PROTOCOL = 0x80;
const KEY_ID = 0x84;

/** MSE:Set KAT, which runs the whole protocol with 3DES in one command [9303-11 §6.2.4.1]. */
export function buildSetKeyAgreement(publicKey: Uint8Array, keyId?: number): CommandApdu {
  const data = concatBytes(encodeTlv(EPHEMERAL_PUBLIC_KEY, publicKey), encodeKeyId(keyId));
  return { cla: 0x00, ins: 0x22, p1: 0x41, p2: 0xa6, data };
}

/** Reads the data of MSE:Set KAT [9303-11 §6.2.4.1]. @throws MalformedError */
export function parseSetKeyAgreement(data: Uint8Array): {
  readonly publicKey: Uint8Array;
  readonly keyId?: number;
} {
  const place = 'MSE:Set KAT';
  const tlvs = parseTlvs(data, place);
  return {
    publicKey: requireTlv(tlvs, EPHEMERAL_PUBLIC_KEY, place),
    ...decodeKeyId(findTlv(tlvs, KEY_ID), place),
  };
}

/** MSE:Set AT, which selects variant and key before GENERAL AUTHENTICATE [9303-11 §6.2.4.2]. */
export function buildSetChipAuthentication(oid: string, keyId?: number): CommandApdu {
  const data = concatBytes(encodeTlv(PROTOCOL, encodeOidValue(oid)), encodeKeyId(keyId));
  return { cla: 0x00, ins: 0x22, p1: 0x41, p2: 0xa4, data };
}

/** Reads the data of MSE:Set AT for Chip Authentication [9303-11 §6.2.4.2]. @throws MalformedError */
export function parseSetChipAuthentication(data: Uint8Array): {
  readonly oid: string;
  readonly keyId?: number;
} {
  const place = 'MSE:Set AT';
  const tlvs = parseTlvs(data, place);
  return {
    oid: decodeOidValue(requireTlv(tlvs, PROTOCOL, place), place),
    ...decodeKeyId(findTlv(tlvs, KEY_ID), place),
  };
}

function encodeKeyId(keyId: number | undefined): Uint8Array {
  return keyId === undefined ? new Uint8Array() : encodeTlv(KEY_ID, encodeMinimalUint(keyId));
}

function decodeKeyId(value: Uint8Array | undefined, place: string): { readonly keyId?: number } {
  return value === undefined ? {} : { keyId: decodeUint(value, place) };
}
