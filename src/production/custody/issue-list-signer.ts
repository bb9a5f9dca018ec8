import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../standards/pki/certificate';
import type { LIST_SIGNER_PURPOSES } from '../../standards/pki/extension-oids';
import { buildListSignerTemplate } from '../../standards/pki/issuing-templates';
import type { CscaKey, SignerKey } from '../document/key-set';
import { drawSerialNumber, issueCertificate } from './issue-certificate';
import type { IssuingTools } from './issue-csca';
import type { IssuingPlan } from './issuing-plan';
import { makeSigningKey } from './make-signing-key';

export interface ListSignerOrder {
  readonly kind: keyof typeof LIST_SIGNER_PURPOSES;
  readonly keyLabel: string;
  readonly algorithm: string;
  /** Begin of its periods. */
  readonly from: Date;
  readonly csca: CscaKey;
}

/** What one list signer is called, and the role that its certificate is held against. */
const KINDS = {
  masterList: { name: 'Master list signer', role: 'ml-signer' },
  deviationList: { name: 'Deviation list signer', role: 'dl-signer' },
} as const;

/**
 * A signer of master lists or deviation lists: a key of its own, never that of the CSCA, and a
 * certificate with the one extended key usage [9303-12 §7.1 table 6, §9].
 */
export async function issueListSigner(
  plan: IssuingPlan,
  order: ListSignerOrder,
  { hsm, random }: IssuingTools,
): Promise<SignerKey> {
  const { kind, keyLabel, algorithm, csca } = order;
  const issuer = parseCertificate(csca.certificate, 'CSCA certificate');
  const label = { label: keyLabel, purpose: 'master-list-sign', algorithm } as const;
  const key = await makeSigningKey(label, hsm);
  const template = buildListSignerTemplate({
    ...plan.signerPeriods(order.from),
    csca: issuer,
    signature: parseSignatureAlgorithmName(csca.algorithm).signature,
    contact: plan.contact,
    crlUris: plan.crlUris,
    purpose: kind,
    serialNumber: drawSerialNumber(random),
    subject: [...plan.name, { type: 'CN', value: `${KINDS[kind].name} ${plan.state}` }],
    publicKey: key.publicKey,
  });
  const certificate = await issueCertificate(
    { template, role: KINDS[kind].role, issuer: { ...csca, publicKey: issuer.publicKey } },
    hsm,
  );
  return { keyLabel, algorithm, certificate: certificate.raw, csca: csca.certificate };
}
