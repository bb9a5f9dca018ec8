import { MalformedError } from '../../bytes/malformed';
import { parseTlvs } from '../../tlv/tlv';
import { type SecureMessagingFailure, SecureMessagingError } from './secure-messaging-error';

/** Tags of the data objects of secure messaging [9303-11 §9.8.4]. */
export const SM_TAG = {
  /** Cryptogram of plain bytes that are BER-TLV coded, for odd instructions; no indicator. */
  tlvCryptogram: 0x85,
  /** Padding indicator 01 and the cryptogram. */
  cryptogram: 0x87,
  expectedLength: 0x97,
  status: 0x99,
  mac: 0x8e,
} as const;

/** The objects of one protected message, checked for kind, order and number. */
export interface ProtectedObjects {
  /** Tag and value of DO 85 or DO 87, where there is one. */
  readonly cryptogram?: { readonly tag: number; readonly value: Uint8Array };
  /** Value of DO 97 in a command, of DO 99 in a response. */
  readonly trailer?: Uint8Array;
  readonly mac: Uint8Array;
  /** All objects before the MAC as they stood in the message. */
  readonly authenticated: Uint8Array;
}

/**
 * The data objects of a protected command or response; their order is cryptogram, then Le or
 * status, then MAC [9303-11 §9.8.4].
 *
 * @throws SecureMessagingError
 */
export function parseProtectedObjects(
  bytes: Uint8Array,
  trailerTag: typeof SM_TAG.expectedLength | typeof SM_TAG.status,
  receivedSw?: number,
): ProtectedObjects {
  const fail = (reason: SecureMessagingFailure) => new SecureMessagingError(reason, receivedSw);
  const ranks = new Map<number, number>([
    [SM_TAG.tlvCryptogram, 1],
    [SM_TAG.cryptogram, 1],
    [trailerTag, 2],
    [SM_TAG.mac, 3],
  ]);
  let lastRank = 0;
  let cryptogram: ProtectedObjects['cryptogram'];
  let trailer: Uint8Array | undefined;
  let mac: { readonly value: Uint8Array; readonly offset: number } | undefined;
  for (const tlv of parseObjects(bytes, fail)) {
    const rank = ranks.get(tlv.tag);
    if (rank === undefined) throw fail('unknown-object');
    if (rank <= lastRank) throw fail('object-order');
    lastRank = rank;
    if (rank === 1) cryptogram = tlv;
    else if (rank === 2) trailer = tlv.value;
    else mac = tlv;
  }
  if (mac === undefined) throw fail('mac-missing');
  if (mac.value.length !== 8) throw fail('mac-length');
  return {
    ...(cryptogram === undefined ? {} : { cryptogram }),
    ...(trailer === undefined ? {} : { trailer }),
    mac: mac.value,
    authenticated: bytes.subarray(0, mac.offset),
  };
}

function parseObjects(
  bytes: Uint8Array,
  fail: (reason: SecureMessagingFailure) => SecureMessagingError,
) {
  try {
    return parseTlvs(bytes, 'secure messaging');
  } catch (error) {
    if (error instanceof MalformedError) throw fail('malformed');
    throw error;
  }
}
