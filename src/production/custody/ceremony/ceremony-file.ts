import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { encodeUtf8 } from '../../../standards/bytes/text';
import { ProductionError } from '../../errors';
import type { ProfileFile } from '../../ports';
import { formatProblem, type ProfileProblem } from '../../profile/profile-problem';
import { readYaml, type Complaint, type YamlPath } from '../../profile/read-yaml';
import { compileSchema, listSchemaProblems } from '../../profile/schema-check';
import { CEREMONY_SCHEMA } from './ceremony-schema';

/** A ceremony as it was reviewed: what is made, in which order, and who must confirm it. */
export interface CeremonyPlan {
  readonly ceremony: string;
  readonly country: string;
  readonly state: string;
  readonly organization: string;
  readonly contact: string;
  readonly crl: readonly string[];
  readonly documents: { readonly years: number; readonly types: readonly string[] };
  readonly confirm: {
    readonly requestedBy: string;
    readonly needed: number;
    /** Names with the Ed25519 public keys that `custodian list` prints, hexadecimal. */
    readonly custodians: readonly { readonly name: string; readonly key: string }[];
  };
  readonly steps: readonly CeremonyStep[];
}

export type CeremonyStep = CscaStep | DocumentSignerStep | AuditKeyStep | StorageKeyStep;

interface CertifiedStep {
  readonly label: string;
  readonly algorithm: string;
  readonly commonName: string;
  /** Begin of all periods, RFC 3339 in UTC. */
  readonly from: string;
  /** How long the private key signs. */
  readonly useMonths: number;
}

export interface CscaStep extends CertifiedStep {
  readonly make: 'csca';
}

export interface DocumentSignerStep extends CertifiedStep {
  readonly make: 'document-signer';
}

export interface AuditKeyStep {
  readonly make: 'audit-key';
  readonly label: string;
  readonly algorithm: string;
}

export interface StorageKeyStep {
  readonly make: 'storage-key';
  readonly label: string;
}

/** A plan with the hash of exactly the bytes that were reviewed. */
export interface CeremonyFile {
  readonly plan: CeremonyPlan;
  readonly sha256: Uint8Array;
}

const check = compileSchema<CeremonyPlan>(CEREMONY_SCHEMA);

/**
 * Reads a ceremony file strictly.
 *
 * @param file its name, as it is to stand in messages
 * @throws ProductionError `CEREMONY_INVALID` with everything that is wrong, each with its line.
 */
export function parseCeremony(text: string, file: string): CeremonyFile {
  const source = readYaml({ text, file } satisfies ProfileFile);
  const { data } = source;
  if (source.problems.length > 0) throw invalid(file, source.problems);
  if (!check(data)) throw invalid(file, listSchemaProblems(check, source));
  const problems = listContradictions(data).map(({ path, ...what }) => source.problem(path, what));
  if (problems.length > 0) throw invalid(file, problems);
  return { plan: data, sha256: digestBytes('sha256', encodeUtf8(text)) };
}

function listContradictions(plan: CeremonyPlan): readonly (Complaint & { path: YamlPath })[] {
  const { confirm, steps } = plan;
  const complaints: (Complaint & { path: YamlPath })[] = [];
  const names = confirm.custodians.map(({ name }) => name);
  const keys = confirm.custodians.map(({ key }) => key);
  confirm.custodians.forEach(({ name, key }, index) => {
    const path = ['confirm', 'custodians', index];
    if (names.indexOf(name) !== index || keys.indexOf(key) !== index) {
      complaints.push({ path, found: 'a person twice', allowed: 'each name and key once' });
    }
    if (name === confirm.requestedBy) {
      complaints.push({ path, found: `the requester ${name}`, allowed: 'other people' });
    }
  });
  if (confirm.needed > names.length) {
    complaints.push({
      path: ['confirm', 'needed'],
      found: String(confirm.needed),
      allowed: `at most the ${names.length} custodians`,
    });
  }
  const labels = steps.map(({ label }) => label);
  labels.forEach((label, index) => {
    if (labels.indexOf(label) === index) return;
    const what = { found: `the label ${label} again`, allowed: 'each label once' };
    complaints.push({ path: ['steps', index, 'label'], ...what });
  });
  for (const make of ['csca', 'audit-key', 'storage-key'] as const) {
    const count = steps.filter((step) => step.make === make).length;
    if (count === 1) continue;
    complaints.push({ path: ['steps'], found: `${count} steps ${make}`, allowed: 'exactly one' });
  }
  if (!steps.some(({ make }) => make === 'document-signer')) {
    const what = { found: 'no step document-signer', allowed: 'at least one' };
    complaints.push({ path: ['steps'], ...what });
  }
  const csca = steps.findIndex(({ make }) => make === 'csca');
  steps.forEach((step, index) => {
    if (step.make === 'document-signer' && index < csca) {
      const what = { found: 'a signer before its CSCA', allowed: 'the CSCA first' };
      complaints.push({ path: ['steps', index], ...what });
    }
  });
  return complaints;
}

function invalid(file: string, problems: readonly ProfileProblem[]): ProductionError {
  return new ProductionError('CEREMONY_INVALID', file, problems.map(formatProblem));
}
