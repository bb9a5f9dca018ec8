import { buildMasterListContent } from '../../standards/cms/build-master-list';
import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../standards/cms/build-signed-data';
import { MASTER_LIST_OID, parseMasterList } from '../../standards/cms/master-list';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import type { SignerKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';

/**
 * A signed master list, read back before it is given out [9303-12 §9]. Its signer travels along
 * with the CSCA above it.
 *
 * @param certificates DER of every CSCA certificate, roots and links
 * @throws ProductionError `SIGNATURE_WRONG`, or of the HSM.
 */
export async function issueMasterList(
  certificates: readonly Uint8Array[],
  order: { readonly signer: SignerKey; readonly signedAt: Date },
  hsm: Hsm,
): Promise<Uint8Array> {
  const { signer, signedAt } = order;
  const { keyLabel: label, algorithm } = signer;
  const frame = prepareSignedData({
    contentType: MASTER_LIST_OID,
    signature: parseSignatureAlgorithmName(algorithm).signature,
    certificate: signer.certificate,
    otherCertificates: [signer.csca],
    signerId: 'subjectKeyIdentifier',
  });
  const content = buildMasterListContent(certificates);
  const signedAttributes = encodeSignedAttributes(frame, content, signedAt);
  const purpose = 'master-list-sign';
  const signature = await hsm.sign({ label, purpose, algorithm, message: signedAttributes });
  const list = assembleSignedData(frame, { content, signedAttributes, signature });
  const read = parseMasterList(list);
  if (!read.signatureValid || read.certificates.length !== certificates.length) {
    throw new ProductionError('SIGNATURE_WRONG', `key ${label}`, [
      'the master list does not read as it was written',
    ]);
  }
  return list;
}
