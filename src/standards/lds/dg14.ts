import { parseOnlyTlv, encodeTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';
import { encodeSecurityInfos, parseSecurityInfos, type SecurityInfo } from './security-infos';

const { tag } = LDS_FILE_TABLE['EF.DG14'];

/** EF.DG14: the security options, signed with the other data groups [9303-10 §4.7.14]. */
export function encodeDg14(infos: readonly SecurityInfo[]): Uint8Array {
  return encodeTlv(tag, encodeSecurityInfos(infos));
}

/** Reads EF.DG14 [9303-10 §4.7.14]. @throws MalformedError */
export function parseDg14(bytes: Uint8Array): readonly SecurityInfo[] {
  return parseSecurityInfos(parseOnlyTlv(bytes, tag, 'EF.DG14'), 'EF.DG14');
}
