import type { CommandApdu } from '../../apdu/command';
import { concatBytes } from '../../bytes/concat';
import { encodeTlv, parseTlvs, requireTlv } from '../../tlv/tlv';
import type { CvCertificate } from './cv-certificate';

const KEY_REFERENCE = 0x83;
const SIGNATURE = 0x5f37;

/** MSE:Set DST with the reference of the key that signed the next certificate [9303-11 §7.1.5.1]. */
export function buildSetSignatureKey(reference: string): CommandApdu {
  return setReference(0xb6, reference);
}

/** PSO:Verify Certificate with body and signature [9303-11 §7.1.5.2]. */
export function buildVerifyCertificate(
  certificate: Pick<CvCertificate, 'body' | 'signature'>,
): CommandApdu {
  const data = concatBytes(certificate.body, encodeTlv(SIGNATURE, certificate.signature));
  return { cla: 0x00, ins: 0x2a, p1: 0x00, p2: 0xbe, data };
}

/** MSE:Set AT with the reference of the terminal's key [9303-11 §7.1.5.3]. */
export function buildSetTerminalKey(reference: string): CommandApdu {
  return setReference(0xa4, reference);
}

/** EXTERNAL AUTHENTICATE with the terminal's signature [9303-11 §7.1.5.5]. */
export function buildTerminalProof(signature: Uint8Array): CommandApdu {
  return { cla: 0x00, ins: 0x82, p1: 0x00, p2: 0x00, data: signature };
}

/** The key reference in MSE:Set DST or MSE:Set AT [9303-11 §7.1.5.1]. @throws MalformedError */
export function parseKeyReference(data: Uint8Array): string {
  const place = 'MSE:Set, key reference';
  const value = requireTlv(parseTlvs(data, place), KEY_REFERENCE, place);
  return Buffer.from(value).toString('latin1');
}

function setReference(p2: number, reference: string): CommandApdu {
  const value = new Uint8Array(Buffer.from(reference, 'latin1'));
  return { cla: 0x00, ins: 0x22, p1: 0x81, p2, data: encodeTlv(KEY_REFERENCE, value) };
}
