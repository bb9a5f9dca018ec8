import {
  CV_ALGORITHMS,
  type CvAlgorithm,
} from '../../../standards/access/terminal-authentication/cv-algorithms';
import type { CvRole } from '../../../standards/access/terminal-authentication/cv-authorization';
import type { CvPublicKey } from '../../../standards/access/terminal-authentication/cv-public-key';
import { CURVES } from '../../../standards/crypto/curve-parameters';
import { decodeEcdsaSignature } from '../../../standards/crypto/ecdsa-signature';
import { parseSignatureAlgorithmName } from '../../../standards/crypto/signature-algorithms';
import { parsePublicKeyInfo } from '../../../standards/pki/subject-public-key-info';
import { ProductionError } from '../../errors';
import type { Hsm, KeyPurpose } from '../../ports';
import { makeSigningKey } from '../make-signing-key';

/** A key in the HSM that signs for Terminal Authentication, and the name that certificates give it. */
export interface CvKey {
  /** Country, mnemonic and sequence number, `VNCVCA00001` [9303-12 §7.2.2.2]. */
  readonly reference: string;
  readonly role: CvRole;
  /** As on the command line, `ecdsa-brainpoolP256r1-sha256`. */
  readonly algorithm: string;
  readonly publicKey: CvPublicKey;
}

const PURPOSES = {
  cvca: 'cvca-sign',
  'domestic-dv': 'dv-sign',
  'foreign-dv': 'dv-sign',
  terminal: 'terminal-sign',
} as const satisfies Record<CvRole, KeyPurpose>;

/** The label of a key follows from its name, so that a certificate alone finds its key again. */
export function cvKeyLabel(reference: string): string {
  return `cv-${reference}`;
}

/** Makes a key. @throws ProductionError `USAGE` for a name that is none, or of the HSM. */
export async function makeCvKey(
  { reference, role, algorithm }: Omit<CvKey, 'publicKey'>,
  hsm: Hsm,
): Promise<CvKey> {
  if (!/^[A-Z]{2}[A-Z0-9]{0,9}[A-Z0-9]{5}$/.test(reference)) {
    throw new ProductionError('USAGE', reference, [
      'a name is the country, up to 9 letters and digits, and 5 of a sequence number',
    ]);
  }
  const cvAlgorithm = findAlgorithm(algorithm);
  const purpose = PURPOSES[role];
  const key = await makeSigningKey({ label: cvKeyLabel(reference), purpose, algorithm }, hsm);
  return {
    ...{ reference, role, algorithm },
    publicKey: toCvPublicKey(key.publicKey, { algorithm, cvAlgorithm }),
  };
}

/** Signs as card-verifiable certificates carry it: ECDSA plain. @throws ProductionError of the HSM. */
export async function signWithCvKey(
  { reference, role, algorithm }: Pick<CvKey, 'reference' | 'role' | 'algorithm'>,
  message: Uint8Array,
  hsm: Hsm,
): Promise<Uint8Array> {
  const label = cvKeyLabel(reference);
  const signature = await hsm.sign({ label, purpose: PURPOSES[role], algorithm, message });
  const { key } = parseSignatureAlgorithmName(algorithm);
  if (key.type !== 'ec') return signature;
  const orderBytes = Math.ceil(CURVES[key.curve].n.toString(16).length / 2);
  return decodeEcdsaSignature(signature, orderBytes);
}

function toCvPublicKey(
  publicKey: Uint8Array,
  { algorithm, cvAlgorithm }: { readonly algorithm: string; readonly cvAlgorithm: CvAlgorithm },
): CvPublicKey {
  const info = parsePublicKeyInfo(publicKey);
  const { key } = parseSignatureAlgorithmName(algorithm);
  if (info.type === 'ec' && key.type === 'ec') {
    const curve = CURVES[key.curve];
    return { type: 'ec', algorithm: cvAlgorithm, curve, point: info.point };
  }
  if (info.type !== 'rsa') throw new ProductionError('HSM_FAILED', 'key', ['of another kind']);
  const { modulus, publicExponent } = info;
  return { type: 'rsa', algorithm: cvAlgorithm, modulus, publicExponent };
}

/** What Terminal Authentication calls the algorithm; SHA-1 is read and never issued. */
function findAlgorithm(name: string): CvAlgorithm {
  const { signature } = parseSignatureAlgorithmName(name);
  const found = CV_ALGORITHMS.find(
    (one) =>
      one.signature.scheme === signature.scheme &&
      one.signature.digest === signature.digest &&
      signature.digest !== 'sha1',
  );
  if (found !== undefined) return found;
  throw new ProductionError('USAGE', name, ['Terminal Authentication has no such algorithm']);
}
