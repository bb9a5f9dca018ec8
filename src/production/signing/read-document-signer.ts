import { parseCertificate } from '../../standards/pki/certificate';
import { readPrivateKeyUsagePeriod } from '../../standards/pki/read-extensions';
import type { DocumentSigner } from '../document/signed-document';

/**
 * A document signer with the bounds that its own certificate sets: the validity, and the period of
 * the key's use, which is the validity where the certificate says nothing of it.
 *
 * @throws MalformedError when the certificate cannot be read.
 */
export function readDocumentSigner(
  given: Pick<DocumentSigner, 'keyLabel' | 'algorithm' | 'certificate' | 'csca'>,
): DocumentSigner {
  const certificate = parseCertificate(given.certificate, 'document-signer certificate');
  const { validity } = certificate;
  const keyUse = { ...validity, ...readPrivateKeyUsagePeriod(certificate) };
  return { ...given, keyUse, validity };
}
