import type { CvCertificate } from '../../../standards/access/terminal-authentication/cv-certificate';
import { equalBytes } from '../../../standards/bytes/compare';
import {
  parsePublicKeyInfo,
  type PublicKeyInfo,
} from '../../../standards/pki/subject-public-key-info';
import { ProductionError } from '../../errors';
import type { Hsm } from '../../ports';
import { cvKeyLabel, signWithCvKey } from './cv-key';

/** Signs with the key of one terminal; ECDSA plain. */
export type TerminalSigner = (message: Uint8Array) => Promise<Uint8Array>;

/**
 * A signer for the terminal of this certificate, whose key the HSM holds under the name in it.
 *
 * @throws ProductionError `HSM_KEY_MISSING`, `HSM_WRONG_USE`, `INPUT_MALFORMED` when the HSM has
 * another key under this name.
 */
export async function findTerminalSigner(
  certificate: CvCertificate,
  hsm: Hsm,
): Promise<TerminalSigner> {
  const { holderReference: reference } = certificate;
  const label = cvKeyLabel(reference);
  const key = await hsm.findKey(label);
  if (key?.publicKey === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
  if (key.purpose !== 'terminal-sign') {
    throw new ProductionError('HSM_WRONG_USE', `key ${label}`, [`its purpose is ${key.purpose}`]);
  }
  if (!isKeyOf(key.publicKey, certificate)) {
    throw new ProductionError('INPUT_MALFORMED', `certificate ${reference}`, [
      `the key ${label} in the HSM is another`,
    ]);
  }
  const algorithm = nameAlgorithm(parsePublicKeyInfo(key.publicKey, label), certificate);
  return (message) => signWithCvKey({ reference, role: 'terminal', algorithm }, message, hsm);
}

/** Whether a public key, DER SubjectPublicKeyInfo, is the one that the certificate certifies. */
export function isKeyOf(subjectPublicKeyInfo: Uint8Array, { publicKey }: CvCertificate): boolean {
  const own = parsePublicKeyInfo(subjectPublicKeyInfo, 'terminal key');
  if (own.type === 'ec') return publicKey.type === 'ec' && equalBytes(own.point, publicKey.point);
  return (
    own.type === 'rsa' &&
    publicKey.type === 'rsa' &&
    equalBytes(own.modulus, publicKey.modulus) &&
    own.publicExponent === publicKey.publicExponent
  );
}

/** The certificate of a terminal names digest and padding, its key the curve or the length. */
function nameAlgorithm(key: PublicKeyInfo, { publicKey }: CvCertificate): string {
  const { signature } = publicKey.algorithm;
  if (key.type === 'ec') return `ecdsa-${key.curve?.name ?? 'unknown'}-${signature.digest}`;
  const bits = key.type === 'rsa' ? key.modulusBits : 0;
  return `rsa-${bits}-${signature.scheme === 'rsa-pss' ? 'pss' : 'pkcs1'}-${signature.digest}`;
}
