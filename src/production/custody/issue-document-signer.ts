import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../standards/pki/certificate';
import { buildDocumentSignerTemplate } from '../../standards/pki/issuing-templates';
import type { CscaKey, SignerKey } from '../document/key-set';
import { drawSerialNumber, issueCertificate } from './issue-certificate';
import type { IssuingTools } from './issue-csca';
import type { IssuingPlan } from './issuing-plan';
import { makeSigningKey } from './make-signing-key';

export interface DocumentSignerOrder {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** Begin of its periods. */
  readonly from: Date;
  /** Number in its name: the first of a CSCA is 1. */
  readonly number: number;
  readonly csca: CscaKey;
  /** Name in its certificate; one that says that it is for trials by default. */
  readonly commonName?: string;
}

/** A new document signer: a key in the HSM and its certificate [9303-12 §7.1 table 5]. */
export async function issueDocumentSigner(
  plan: IssuingPlan,
  order: DocumentSignerOrder,
  { hsm, random }: IssuingTools,
): Promise<SignerKey> {
  const { keyLabel, algorithm, csca } = order;
  const issuer = parseCertificate(csca.certificate, 'CSCA certificate');
  const key = await makeSigningKey({ label: keyLabel, purpose: 'document-sign', algorithm }, hsm);
  const name = order.commonName ?? `Document signer ${plan.state} trial ${order.number}`;
  const template = buildDocumentSignerTemplate({
    ...plan.signerPeriods(order.from),
    csca: issuer,
    signature: parseSignatureAlgorithmName(csca.algorithm).signature,
    contact: plan.contact,
    crlUris: plan.crlUris,
    documentTypes: plan.documentTypes,
    serialNumber: drawSerialNumber(random),
    subject: [...plan.name, { type: 'CN', value: name }],
    publicKey: key.publicKey,
  });
  const certificate = await issueCertificate(
    { template, role: 'dsc', issuer: { ...csca, publicKey: issuer.publicKey } },
    hsm,
  );
  return { keyLabel, algorithm, certificate: certificate.raw, csca: csca.certificate };
}
