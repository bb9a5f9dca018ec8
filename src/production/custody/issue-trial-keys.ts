import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import type { IssuerContact } from '../../standards/pki/build-extensions';
import type { Period } from '../../standards/pki/certificate-template';
import type { NameAttribute } from '../../standards/pki/distinguished-name';
import {
  buildCscaRootTemplate,
  buildDocumentSignerTemplate,
} from '../../standards/pki/issuing-templates';
import type { KeySet } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Clock, Hsm, KeyPurpose, RandomSource } from '../ports';
import { addMonths } from './add-months';
import { drawSerialNumber, issueCertificate, type IssuerKey } from './issue-certificate';

/** Curve and hash that Doc 9303 issuers in Europe mostly use; see docs/custodian.md. */
export const DEFAULT_ALGORITHM = 'ecdsa-brainpoolP256r1-sha256';

export interface TrialKeyRequest {
  /** Two capital letters, for the names in the certificates. */
  readonly country: string;
  /** Code of the issuing State as in the MRZ, one to three capital letters. */
  readonly state: string;
  readonly algorithm?: string;
  /** Begin of all periods; now by default. */
  readonly from?: Date;
  /** Longest validity of a document that is signed; 10 years by default. */
  readonly documentYears?: number;
  /** Document codes that the signer may sign, one or two letters each. */
  readonly documentTypes?: readonly string[];
}

export interface TrialKeyTools {
  readonly hsm: Hsm;
  readonly clock: Clock;
  readonly random: RandomSource;
}

const CSCA_USE_MONTHS = 4 * 12;
const SIGNER_USE_MONTHS = 3;
const DEFAULT_DOCUMENT_YEARS = 10;
const MAX_DOCUMENT_YEARS = 50;
const DEFAULT_DOCUMENT_TYPES = ['I', 'P'] as const;

interface Issuing {
  readonly name: readonly NameAttribute[];
  readonly contact: IssuerContact;
  readonly crlUris: readonly string[];
  readonly signer: { readonly keyUse: Period; readonly validity: Period };
  readonly csca: { readonly keyUse: Period; readonly validity: Period };
  readonly documentTypes: readonly string[];
}

/**
 * Makes a CSCA, a document signer under it and a key for sealing, for development and trials. All
 * periods follow Doc 9303-12: the CSCA signs for 4 years, the signer for 3 months, and each
 * certificate lives as long as the last document that depends on it [9303-12 §4.1.1].
 *
 * @throws ProductionError `USAGE` when the request is wrong, `SIGNATURE_WRONG`, or of the HSM;
 * MalformedError when there is no such algorithm.
 */
export async function issueTrialKeys(
  request: TrialKeyRequest,
  tools: TrialKeyTools,
): Promise<KeySet> {
  checkRequest(request);
  const { hsm, random } = tools;
  const algorithm = request.algorithm ?? DEFAULT_ALGORITHM;
  const { signature } = parseSignatureAlgorithmName(algorithm);
  const issuing = planIssuing(request, tools.clock.now());
  const common = { signature, contact: issuing.contact, crlUris: issuing.crlUris };

  const cscaKey = await makeKeyPair(hsm, { label: 'csca-1', purpose: 'csca-sign', algorithm });
  const cscaTemplate = buildCscaRootTemplate({
    ...common,
    ...issuing.csca,
    serialNumber: drawSerialNumber(random),
    subject: [...issuing.name, { type: 'CN', value: `CSCA ${request.state} trial` }],
    publicKey: cscaKey.publicKey,
  });
  const csca = await issueCertificate(cscaTemplate, cscaKey, hsm);

  const dscKey = await makeKeyPair(hsm, { label: 'dsc-1', purpose: 'document-sign', algorithm });
  const dscTemplate = buildDocumentSignerTemplate({
    ...common,
    ...issuing.signer,
    csca,
    documentTypes: issuing.documentTypes,
    serialNumber: drawSerialNumber(random),
    subject: [...issuing.name, { type: 'CN', value: `Document signer ${request.state} trial 1` }],
    publicKey: dscKey.publicKey,
  });
  const dsc = await issueCertificate(dscTemplate, cscaKey, hsm);

  const { label: storageKeyLabel } = await hsm.generateSecretKey({
    label: 'storage-1',
    purpose: 'storage-wrap',
  });
  return {
    country: request.country,
    state: request.state,
    csca: { keyLabel: cscaKey.keyLabel, algorithm, certificate: csca.raw },
    signers: [{ keyLabel: dscKey.keyLabel, algorithm, certificate: dsc.raw, csca: csca.raw }],
    storageKeyLabel,
  };
}

function checkRequest({ country, state, documentYears, documentTypes }: TrialKeyRequest): void {
  const reasons = [
    ...(/^[A-Z]{2}$/.test(country) ? [] : ['the country is not two capital letters']),
    ...(/^[A-Z]{1,3}$/.test(state) ? [] : ['the state is not one to three capital letters']),
    ...(isYears(documentYears ?? DEFAULT_DOCUMENT_YEARS)
      ? []
      : [`the longest validity of a document is not 1 to ${MAX_DOCUMENT_YEARS} whole years`]),
    ...((documentTypes ?? DEFAULT_DOCUMENT_TYPES).every((type) => /^[A-Z]{1,2}$/.test(type))
      ? []
      : ['a document type is not one or two capital letters']),
  ];
  if (reasons.length > 0) throw new ProductionError('USAGE', 'keys', reasons);
}

function isYears(years: number): boolean {
  return Number.isInteger(years) && years >= 1 && years <= MAX_DOCUMENT_YEARS;
}

function planIssuing(request: TrialKeyRequest, now: Date): Issuing {
  const from = new Date(request.from ?? now);
  from.setUTCMilliseconds(0);
  const documentMonths = 12 * (request.documentYears ?? DEFAULT_DOCUMENT_YEARS);
  const signerLife = SIGNER_USE_MONTHS + documentMonths;
  return {
    name: [
      { type: 'C', value: request.country },
      { type: 'O', value: 'Persoline trial issuer' },
    ],
    // Nobody answers for trial keys: the name is one that can never be reached.
    contact: { state: request.state, contact: 'csca@trial.invalid' },
    crlUris: [`https://pkddownload1.icao.int/CRLs/${request.state}.crl`],
    signer: periodsFrom(from, SIGNER_USE_MONTHS, signerLife),
    csca: periodsFrom(from, CSCA_USE_MONTHS, CSCA_USE_MONTHS + signerLife),
    documentTypes: request.documentTypes ?? DEFAULT_DOCUMENT_TYPES,
  };
}

function periodsFrom(
  from: Date,
  useMonths: number,
  lifeMonths: number,
): { readonly keyUse: Period; readonly validity: Period } {
  return {
    keyUse: { from, until: addMonths(from, useMonths) },
    validity: { from, until: addMonths(from, lifeMonths) },
  };
}

async function makeKeyPair(
  hsm: Hsm,
  request: {
    readonly label: string;
    readonly purpose: KeyPurpose;
    readonly algorithm: string;
  },
): Promise<IssuerKey> {
  const { publicKey } = await hsm.generateKeyPair(request);
  if (publicKey === undefined) {
    throw new ProductionError('HSM_FAILED', `key ${request.label}`, ['it has no public half']);
  }
  return { keyLabel: request.label, algorithm: request.algorithm, publicKey };
}
