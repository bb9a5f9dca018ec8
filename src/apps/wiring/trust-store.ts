import { buildTrustStore, type TrustedCertificate } from '../../adapters/pkcs12/build-trust-store';
import { readSecret } from './secret';

/** PKCS #12 with certificates for other parties; the password comes by reference, as a PIN does. */
export async function makeTrustStore(
  certificates: readonly TrustedCertificate[],
  passwordFrom: string,
): Promise<Uint8Array> {
  const name = { what: 'password', question: 'Password of the trust store' };
  return buildTrustStore(certificates, await readSecret(passwordFrom, name));
}
