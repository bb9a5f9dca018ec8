import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { equalBytes } from '../../standards/bytes/compare';
import { type Certificate, parseCertificate } from '../../standards/pki/certificate';
import type { Period } from '../../standards/pki/certificate-template';
import { findNameAttribute } from '../../standards/pki/distinguished-name';
import {
  buildCscaLinkTemplate,
  buildCscaRootTemplate,
} from '../../standards/pki/issuing-templates';
import { readPrivateKeyUsagePeriod } from '../../standards/pki/read-extensions';
import type { CscaKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm, RandomSource } from '../ports';
import { addMonths } from './add-months';
import { drawSerialNumber, issueCertificate } from './issue-certificate';
import type { IssuingPlan } from './issuing-plan';
import { makeSigningKey } from './make-signing-key';

export interface IssuingTools {
  readonly hsm: Hsm;
  readonly random: RandomSource;
}

export interface CscaOrder {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** Begin of its periods. */
  readonly from: Date;
  /** Name in its certificate; one that says that it is for trials by default. */
  readonly commonName?: string;
}

/** A new CSCA: a key in the HSM and its self-signed certificate [9303-12 §7.1 table 5]. */
export async function issueCscaRoot(
  plan: IssuingPlan,
  order: CscaOrder,
  { hsm, random }: IssuingTools,
): Promise<CscaKey> {
  const { keyLabel, algorithm } = order;
  const key = await makeSigningKey({ label: keyLabel, purpose: 'csca-sign', algorithm }, hsm);
  const template = buildCscaRootTemplate({
    ...plan.cscaPeriods(order.from),
    signature: parseSignatureAlgorithmName(algorithm).signature,
    contact: plan.contact,
    crlUris: plan.crlUris,
    serialNumber: drawSerialNumber(random),
    subject: [...plan.name, { type: 'CN', value: order.commonName ?? `CSCA ${plan.state} trial` }],
    publicKey: key.publicKey,
  });
  const certificate = await issueCertificate({ template, role: 'csca', issuer: key }, hsm);
  return { keyLabel, algorithm, certificate: certificate.raw };
}

export interface CscaRenewalOrder {
  readonly previous: CscaKey;
  /** The first certificate of the same key. */
  readonly first: CscaKey;
  /** Begin of the new periods. */
  readonly from: Date;
}

/** How long one CSCA key may sign in all [9303-12 §4.1.1]. */
const LONGEST_CSCA_USE_MONTHS = 60;

/**
 * Renews a CSCA: another certificate for the same key under the same name. There is no link
 * certificate, for nothing new is to be trusted [9303-12 §4.1.4].
 *
 * @throws ProductionError `SIGNER_OUTSIDE_PERIOD` when the key would sign for longer than a CSCA may
 * or has ceased to sign, `CERTIFICATE_FAULTY` when the name is another.
 */
export async function renewCsca(
  plan: IssuingPlan,
  { previous, first, from }: CscaRenewalOrder,
  { hsm, random }: IssuingTools,
): Promise<CscaKey> {
  const { keyLabel, algorithm } = previous;
  const old = parseCertificate(previous.certificate, 'CSCA certificate');
  const oldUse = usePeriodOf(old);
  const begin = usePeriodOf(parseCertificate(first.certificate, 'CSCA certificate')).from;
  const periods = plan.cscaPeriods(from);
  requireInside(from, oldUse, keyLabel);
  const latest = addMonths(begin, LONGEST_CSCA_USE_MONTHS);
  if (periods.keyUse.until > latest) {
    throw new ProductionError('SIGNER_OUTSIDE_PERIOD', `key ${keyLabel}`, [
      `a CSCA key signs for five years at the most, this one until ${latest.toISOString()}`,
    ]);
  }
  const commonName = findNameAttribute(old.subject, 'CN') ?? '';
  const template = buildCscaRootTemplate({
    ...periods,
    signature: parseSignatureAlgorithmName(algorithm).signature,
    contact: plan.contact,
    crlUris: plan.crlUris,
    serialNumber: drawSerialNumber(random),
    subject: [...plan.name, { type: 'CN', value: commonName }],
    publicKey: old.publicKey,
  });
  if (!equalBytes(template.subject, old.subject.raw)) {
    throw new ProductionError('CERTIFICATE_FAULTY', 'csca certificate', [
      'it has another name than the certificate that it renews; a change of name is a roll-over',
    ]);
  }
  const issuer = { keyLabel, algorithm, publicKey: old.publicKey };
  const certificate = await issueCertificate({ template, role: 'csca', issuer }, hsm);
  return { keyLabel, algorithm, certificate: certificate.raw };
}

/** A CSCA that follows another, and the certificate by which the old one vouches for it. */
export interface CscaRollover {
  readonly csca: CscaKey;
  /** DER of the link certificate, signed with the old key. */
  readonly link: Uint8Array;
}

/**
 * Rolls a CSCA over: a new key under the same name, its root, and the link certificate. The link
 * is valid as long as the old root, from the begin of the new one [9303-12 §4.1.4.3].
 *
 * @throws ProductionError `SIGNER_OUTSIDE_PERIOD` when the old key may not sign any more then.
 */
export async function rollOverCsca(
  plan: IssuingPlan,
  { previous, order }: { readonly previous: CscaKey; readonly order: CscaOrder },
  tools: IssuingTools,
): Promise<CscaRollover> {
  const old = parseCertificate(previous.certificate, 'CSCA certificate');
  requireInside(order.from, usePeriodOf(old), previous.keyLabel);
  const csca = await issueCscaRoot(plan, order, tools);
  const next = parseCertificate(csca.certificate, 'CSCA certificate');
  const { keyUse, validity } = plan.cscaPeriods(order.from);
  const until = validity.until < old.validity.until ? validity.until : old.validity.until;
  const template = buildCscaLinkTemplate({
    keyUse,
    validity: { from: validity.from, until },
    signature: parseSignatureAlgorithmName(previous.algorithm).signature,
    contact: plan.contact,
    crlUris: plan.crlUris,
    serialNumber: drawSerialNumber(tools.random),
    previous: old,
    next,
    publicKey: next.publicKey,
  });
  const issuer = { ...previous, publicKey: old.publicKey };
  const link = await issueCertificate({ template, role: 'csca-link', issuer }, tools.hsm);
  return { csca, link: link.raw };
}

function usePeriodOf(certificate: Certificate): Period {
  return { ...certificate.validity, ...readPrivateKeyUsagePeriod(certificate) };
}

function requireInside(moment: Date, { from, until }: Period, keyLabel: string): void {
  if (moment >= from && moment <= until) return;
  throw new ProductionError('SIGNER_OUTSIDE_PERIOD', `key ${keyLabel}`, [
    `it signs from ${from.toISOString()} to ${until.toISOString()}`,
  ]);
}
