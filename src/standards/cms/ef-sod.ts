import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';

const EF_SOD_TAG = 0x77;

/** EF.SOD around the ContentInfo of its SignedData [9303-10 §4.6.2]. */
export function encodeEfSod(contentInfo: Uint8Array): Uint8Array {
  return encodeTlv(EF_SOD_TAG, contentInfo);
}

/** The ContentInfo in an EF.SOD [9303-10 §4.6.2]. @throws MalformedError */
export function parseEfSod(file: Uint8Array): Uint8Array {
  return parseOnlyTlv(file, EF_SOD_TAG, 'EF.SOD');
}
