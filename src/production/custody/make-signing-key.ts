import { ProductionError } from '../errors';
import type { Hsm, KeyPurpose } from '../ports';

/** A key pair in the HSM, by its label, with its public half. */
export interface SigningKey {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/** Makes a key pair in the HSM. @throws ProductionError of the HSM. */
export async function makeSigningKey(
  request: {
    readonly label: string;
    readonly purpose: KeyPurpose;
    readonly algorithm: string;
  },
  hsm: Hsm,
): Promise<SigningKey> {
  const { publicKey } = await hsm.generateKeyPair(request);
  if (publicKey === undefined) {
    throw new ProductionError('HSM_FAILED', `key ${request.label}`, ['it has no public half']);
  }
  return { keyLabel: request.label, algorithm: request.algorithm, publicKey };
}
