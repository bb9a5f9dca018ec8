import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../standards/cms/build-signed-data';
import {
  DEVIATION_LIST_OID,
  encodeDeviationListContent,
  type Deviation,
} from '../../standards/cms/deviation-list';
import { parseSignedData } from '../../standards/cms/parse-signed-data';
import { verifySigner } from '../../standards/cms/verify-signed-data';
import { parseCertificate } from '../../standards/pki/certificate';
import { lintCertificate } from '../../standards/pki/lint/lint-certificate';
import type { SignerKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';

/**
 * A signed deviation list; its signer's CSCA travels with it, the time of signing is told, and it
 * is read back before it is given out [9303-12 §10, 9303-3 §7].
 *
 * @throws ProductionError `CERTIFICATE_FAULTY` when the certificate is none of a signer of
 * deviation lists, `SIGNATURE_WRONG`, or of the HSM.
 */
export async function issueDeviationList(
  deviations: readonly Deviation[],
  order: { readonly signer: SignerKey; readonly signedAt: Date },
  hsm: Hsm,
): Promise<Uint8Array> {
  const { keyLabel: label, algorithm, certificate, csca } = order.signer;
  const content = encodeDeviationListContent(deviations);
  const findings = lintCertificate(parseCertificate(certificate), 'dl-signer');
  if (findings.length > 0) {
    const reasons = findings.map(({ rule }) => `${rule.id}: it ${rule.fault.en}`);
    throw new ProductionError('CERTIFICATE_FAULTY', `key ${label}`, reasons);
  }
  const frame = prepareSignedData({
    ...{ contentType: DEVIATION_LIST_OID, certificate, otherCertificates: [csca] },
    signature: parseSignatureAlgorithmName(algorithm).signature,
    signerId: 'subjectKeyIdentifier',
  });
  const signedAttributes = encodeSignedAttributes(frame, content, order.signedAt);
  const purpose = 'master-list-sign';
  const signature = await hsm.sign({ label, purpose, algorithm, message: signedAttributes });
  const list = assembleSignedData(frame, { content, signedAttributes, signature });
  requireSigned(list, order.signer);
  return list;
}

function requireSigned(bytes: Uint8Array, { certificate, keyLabel }: SignerKey): void {
  const signedData = parseSignedData(bytes);
  const [found] = signedData.signers;
  const { publicKey } = parseCertificate(certificate);
  const verdict = found && verifySigner(signedData, found, publicKey);
  if (verdict?.signature.valid === true && verdict.messageDigest.valid) return;
  throw new ProductionError('SIGNATURE_WRONG', `key ${keyLabel}`);
}
