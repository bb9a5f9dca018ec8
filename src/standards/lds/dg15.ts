import { parseDer, expectTag } from '../asn1/read';
import { TAG } from '../asn1/tags';
import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';

const { tag } = LDS_FILE_TABLE['EF.DG15'];

/**
 * EF.DG15: the public key of Active Authentication [9303-10 §4.7.15].
 *
 * @param publicKey DER SubjectPublicKeyInfo
 */
export function encodeDg15(publicKey: Uint8Array): Uint8Array {
  return encodeTlv(tag, publicKey);
}

/** The DER SubjectPublicKeyInfo in EF.DG15 [9303-10 §4.7.15]. @throws MalformedError */
export function parseDg15(bytes: Uint8Array): Uint8Array {
  const place = 'EF.DG15';
  return expectTag(parseDer(parseOnlyTlv(bytes, tag, place), place), TAG.sequence, place).raw;
}
