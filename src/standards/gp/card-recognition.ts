import { concatBytes } from '../bytes/concat';
import { decodeHex } from '../bytes/hex';
import { encodeTlv, parseOnlyTlv, parseTlvs } from '../tlv/tlv';

/** 1.2.840.114283, the arc of GlobalPlatform. */
const GLOBAL_PLATFORM = decodeHex('2A864886FC6B');
const TAG = {
  cardData: 0x66,
  recognition: 0x73,
  oid: 0x06,
  management: 0x60,
  identification: 0x63,
  secureChannel: 0x64,
} as const;
const PLACE = 'card recognition data';
/** GlobalPlatform Card 2.3.1. */
const VERSION = [0x02, 0x02, 0x03, 0x01];
const SECURE_CHANNEL_ARC = 0x04;

/** A secure channel protocol of a card: 2 or 3, and the parameter i below 128. */
export interface SecureChannelProtocol {
  readonly protocol: number;
  readonly i: number;
}

/** What GET DATA 66 answers: which secure channel protocols the card speaks [GPC-C §H.2]. */
export function encodeCardRecognition(protocols: readonly SecureChannelProtocol[]): Uint8Array {
  const recognition = [
    encodeOid(0x01),
    encodeTlv(TAG.management, encodeOid(...VERSION)),
    encodeTlv(TAG.identification, encodeOid(0x03)),
    ...protocols.map(({ protocol, i }) =>
      encodeTlv(TAG.secureChannel, encodeOid(SECURE_CHANNEL_ARC, protocol, i)),
    ),
  ];
  return encodeTlv(TAG.cardData, encodeTlv(TAG.recognition, ...recognition));
}

/**
 * The secure channel protocols that a card names in its recognition data [GPC-C §H.2].
 *
 * @throws MalformedError
 */
export function parseCardRecognition(data: Uint8Array): readonly SecureChannelProtocol[] {
  return parseTlvs(parseOnlyTlv(data, TAG.cardData, PLACE), PLACE)
    .filter(({ tag }) => tag === TAG.recognition)
    .flatMap(({ value }) => parseTlvs(value, PLACE))
    .filter(({ tag }) => tag === TAG.secureChannel)
    .flatMap(({ value }) => parseTlvs(value, PLACE))
    .flatMap(({ tag, value }) => {
      const isKnown = GLOBAL_PLATFORM.every((byte, index) => value[index] === byte);
      const [arc, protocol, i] = value.subarray(GLOBAL_PLATFORM.length);
      const isChannel = tag === TAG.oid && isKnown && arc === SECURE_CHANNEL_ARC;
      return isChannel && protocol !== undefined && i !== undefined ? [{ protocol, i }] : [];
    });
}

function encodeOid(...arcs: readonly number[]): Uint8Array {
  return encodeTlv(TAG.oid, concatBytes(GLOBAL_PLATFORM, Uint8Array.from(arcs)));
}
