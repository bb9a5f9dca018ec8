import { buildMasterListContent } from '../../standards/cms/build-master-list';
import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../standards/cms/build-signed-data';
import { MASTER_LIST_OID, parseMasterList } from '../../standards/cms/master-list';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../standards/pki/certificate';
import { buildListSignerTemplate } from '../../standards/pki/issuing-templates';
import type { CscaKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';
import { drawSerialNumber, issueCertificate } from './issue-certificate';
import type { IssuingTools } from './issue-csca';
import type { IssuingPlan } from './issuing-plan';
import { makeSigningKey } from './make-signing-key';

/** The key that signs a country's master lists, with its certificate and the CSCA above it. */
export interface ListSignerKey {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly csca: Uint8Array;
}

/** A signer of master lists under a CSCA: never the CSCA's key itself [9303-12 §9]. */
export async function issueMasterListSigner(
  plan: IssuingPlan,
  order: {
    readonly keyLabel: string;
    readonly algorithm: string;
    readonly from: Date;
    readonly csca: CscaKey;
  },
  { hsm, random }: IssuingTools,
): Promise<ListSignerKey> {
  const { keyLabel, algorithm, csca } = order;
  const issuer = parseCertificate(csca.certificate, 'CSCA certificate');
  const request = { label: keyLabel, purpose: 'master-list-sign', algorithm } as const;
  const key = await makeSigningKey(request, hsm);
  const template = buildListSignerTemplate({
    ...plan.signerPeriods(order.from),
    csca: issuer,
    purpose: 'masterList',
    signature: parseSignatureAlgorithmName(csca.algorithm).signature,
    contact: plan.contact,
    crlUris: plan.crlUris,
    serialNumber: drawSerialNumber(random),
    subject: [...plan.name, { type: 'CN', value: `Master list signer ${plan.state}` }],
    publicKey: key.publicKey,
  });
  const certificate = await issueCertificate(
    { template, role: 'ml-signer', issuer: { ...csca, publicKey: issuer.publicKey } },
    hsm,
  );
  return { keyLabel, algorithm, certificate: certificate.raw, csca: csca.certificate };
}

/**
 * A signed master list, read back before it is given out [9303-12 §9].
 *
 * @param certificates DER of every CSCA certificate, roots and links
 * @throws ProductionError `SIGNATURE_WRONG`, or of the HSM.
 */
export async function issueMasterList(
  certificates: readonly Uint8Array[],
  order: { readonly signer: ListSignerKey; readonly signedAt: Date },
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
