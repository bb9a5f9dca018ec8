import { MalformedError } from '../../bytes/malformed';
import { encodeAscii } from '../../bytes/text';
import {
  encodeTlv,
  formatTag,
  parseOnlyTlv,
  parseTlv,
  parseTlvs,
  requireTlv,
  type Tlv,
} from '../../tlv/tlv';
import { type CvAuthorization, encodeAuthorization, parseAuthorization } from './cv-authorization';
import { type CvPublicKey, encodeCvPublicKey, parseCvPublicKey } from './cv-public-key';

/** What a card-verifiable certificate says [9303-12 §7.2.2]. */
export interface CvCertificateContent {
  /** Certification authority reference: the name of the key that signed. */
  readonly authorityReference: string;
  /** Certificate holder reference: the name of this key. */
  readonly holderReference: string;
  readonly publicKey: CvPublicKey;
  readonly authorization: CvAuthorization;
  /** `YYMMDD`, of this century; the certificate is good on both days. */
  readonly effectiveDate: string;
  readonly expirationDate: string;
  /** Value of the certificate extensions, tag 65, uninterpreted. */
  readonly extensions?: Uint8Array;
}

/** A certificate as found. */
export interface CvCertificate extends CvCertificateContent {
  /** The body with its tag 7F4E: what is signed. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

const PLACE = 'CV certificate';
const TAG = {
  certificate: 0x7f21,
  body: 0x7f4e,
  signature: 0x5f37,
  profile: 0x5f29,
  authorityReference: 0x42,
  publicKey: 0x7f49,
  holderReference: 0x5f20,
  authorization: 0x7f4c,
  effectiveDate: 0x5f25,
  expirationDate: 0x5f24,
  extensions: 0x65,
} as const;
const BODY_ORDER: readonly number[] = [
  TAG.profile,
  TAG.authorityReference,
  TAG.publicKey,
  TAG.holderReference,
  TAG.authorization,
  TAG.effectiveDate,
  TAG.expirationDate,
  TAG.extensions,
];

/** The body of a certificate, tag 7F4E, to be signed [9303-12 §7.2.2]. */
export function encodeCvCertificateBody(content: CvCertificateContent): Uint8Array {
  const { publicKey, authorization, extensions } = content;
  const isCvca = (authorization.bits[0] ?? 0) >> 6 === 3;
  return encodeTlv(
    TAG.body,
    encodeTlv(TAG.profile, Uint8Array.of(0)),
    encodeTlv(TAG.authorityReference, encodeAscii(content.authorityReference)),
    encodeCvPublicKey(publicKey, { withParameters: isCvca }),
    encodeTlv(TAG.holderReference, encodeAscii(content.holderReference)),
    encodeAuthorization(authorization),
    encodeTlv(TAG.effectiveDate, encodeCvDate(content.effectiveDate)),
    encodeTlv(TAG.expirationDate, encodeCvDate(content.expirationDate)),
    extensions === undefined ? new Uint8Array() : encodeTlv(TAG.extensions, extensions),
  );
}

/** A certificate, tag 7F21, from its body and the signature over it [9303-12 §7.2.2]. */
export function encodeCvCertificate(body: Uint8Array, signature: Uint8Array): Uint8Array {
  return encodeTlv(TAG.certificate, body, encodeTlv(TAG.signature, signature));
}

/** Reads a certificate, tag 7F21 [9303-12 §7.2.2]. @throws MalformedError */
export function parseCvCertificate(bytes: Uint8Array): CvCertificate {
  return parseCvCertificateBody(parseOnlyTlv(bytes, TAG.certificate, PLACE));
}

/**
 * Reads body and signature, as PSO:Verify Certificate carries them [9303-11 §7.1.5.2].
 *
 * @throws MalformedError
 */
export function parseCvCertificateBody(bytes: Uint8Array): CvCertificate {
  const body = parseTlv(bytes, PLACE);
  if (body.tag !== TAG.body) {
    throw new MalformedError(PLACE, `tag ${formatTag(body.tag)} where the body belongs`, 0);
  }
  const signature = parseOnlyTlv(bytes.subarray(body.raw.length), TAG.signature, PLACE);
  const tlvs = parseTlvs(body.value, `${PLACE}, body`);
  checkOrder(tlvs);
  const value = (tag: number) => requireTlv(tlvs, tag, `${PLACE}, body`);
  const profile = value(TAG.profile);
  if (profile.length !== 1 || profile[0] !== 0) {
    throw new MalformedError(PLACE, 'its profile is not version 1');
  }
  const extensions = tlvs.find(({ tag }) => tag === TAG.extensions);
  return {
    authorityReference: decodeReference(value(TAG.authorityReference), 'authority reference'),
    holderReference: decodeReference(value(TAG.holderReference), 'holder reference'),
    publicKey: parseCvPublicKey(value(TAG.publicKey)),
    authorization: parseAuthorization(value(TAG.authorization)),
    effectiveDate: decodeCvDate(value(TAG.effectiveDate)),
    expirationDate: decodeCvDate(value(TAG.expirationDate)),
    ...(extensions === undefined ? {} : { extensions: extensions.value }),
    body: body.raw,
    signature,
  };
}

/** `YYMMDD` as six bytes of one digit each [9303-12 §7.2.3.1.3]. */
export function encodeCvDate(date: string): Uint8Array {
  if (!isDate(date)) throw new RangeError('no date YYMMDD');
  return Uint8Array.from(date, Number);
}

/** Reads six bytes of one digit each [9303-12 §7.2.3.1.3]. @throws MalformedError */
export function decodeCvDate(bytes: Uint8Array): string {
  const date = Array.from(bytes, String).join('');
  if (bytes.length !== 6 || !isDate(date)) throw new MalformedError(PLACE, 'has no date YYMMDD');
  return date;
}

function isDate(date: string): boolean {
  if (!/^\d{6}$/.test(date)) return false;
  const text = `20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** Country code, holder mnemonic and sequence number: 8 to 16 characters [9303-12 §7.2.2.2]. */
function decodeReference(bytes: Uint8Array, what: string): string {
  const text = Buffer.from(bytes).toString('latin1');
  if (!/^[A-Z]{2}[\x20-\x7e\xa0-\xff]{0,9}[A-Z0-9]{5}$/.test(text)) {
    throw new MalformedError(PLACE, `its ${what} is not made as it must be`);
  }
  return text;
}

function checkOrder(tlvs: readonly Tlv[]): void {
  let last = -1;
  for (const { tag } of tlvs) {
    const rank = BODY_ORDER.indexOf(tag);
    if (rank <= last)
      throw new MalformedError(PLACE, `tag ${formatTag(tag)} does not belong there`);
    last = rank;
  }
}
