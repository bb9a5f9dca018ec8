import { buildTrustStore, type TrustedCertificate } from '../../adapters/pkcs12/build-trust-store';
import { readPin } from './pin';

/** PKCS #12 with certificates for other parties; the password comes by reference, as a PIN does. */
export async function makeTrustStore(
  certificates: readonly TrustedCertificate[],
  passwordFrom: string,
): Promise<Uint8Array> {
  return buildTrustStore(certificates, await readPin(passwordFrom));
}
