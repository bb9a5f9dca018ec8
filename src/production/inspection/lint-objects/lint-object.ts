import { lintSignedList, parseSignedList } from '../../../standards/cms/lint/lint-signed-list';
import { SIGNED_LIST_RULES } from '../../../standards/cms/lint/signed-list-rules';
import { verifySigner } from '../../../standards/cms/verify-signed-data';
import { type Certificate, parseCertificate } from '../../../standards/pki/certificate';
import { recogniseRole } from '../../../standards/pki/lint/certificate-role';
import { type CertificateRole, CSCA_ROLES } from '../../../standards/pki/lint/certificate-rule';
import { CERTIFICATE_RULES } from '../../../standards/pki/lint/certificate-rules';
import { lintCertificate } from '../../../standards/pki/lint/lint-certificate';
import { lintRevocationList } from '../../../standards/pki/lint/lint-revocation-list';
import { REVOCATION_LIST_RULES } from '../../../standards/pki/lint/revocation-list-rules';
import { parseRevocationList } from '../../../standards/pki/revocation-list';
import {
  type SignatureVerdict,
  verifyCertificateSignature,
} from '../../../standards/pki/verify-certificate';
import { sameName } from '../certificate-chain';
import { attempt, type Parsed, valueOf } from '../parsed';
import { text } from '../texts/text';
import { findingOf, type ObjectFinding } from './lint-finding';
import { type ObjectKind, recogniseObject } from './recognise-object';

/** One object, and what of it is against its profile. */
export interface LintedObject {
  readonly kind: ObjectKind | 'unknown';
  /** What a certificate is for. */
  readonly role?: CertificateRole;
  /** How many rules it was held against. */
  readonly rules: number;
  readonly findings: readonly ObjectFinding[];
}

export interface LintContext {
  /** CSCA certificates that may have signed it. */
  readonly cscas: readonly Certificate[];
  /** What certificates are taken for; by what they say of themselves where it is not given. */
  readonly role?: CertificateRole;
}

/**
 * Holds a certificate, revocation list, master list or deviation list against the profile of
 * Doc 9303-12, and verifies its signature where its signer is known. Garbage is a finding.
 */
export function lintObject(bytes: Uint8Array, context: LintContext): LintedObject {
  const kind = recogniseObject(bytes);
  if (kind === undefined) {
    return { kind: 'unknown', rules: 0, findings: [unreadable('lint.unknown')] };
  }
  const linted: Parsed<Omit<LintedObject, 'kind'>> = attempt(() => LINTERS[kind](bytes, context));
  if (linted.state === 'good') return { kind, ...linted.value };
  const detail = linted.state === 'malformed' ? linted.detail : '';
  return { kind, rules: 0, findings: [{ ...unreadable('lint.unreadable'), detail }] };
}

/** Those among the objects that can have signed others. */
export function cscasAmong(objects: readonly Uint8Array[]): readonly Certificate[] {
  return objects
    .filter((bytes) => recogniseObject(bytes) === 'certificate')
    .flatMap((bytes) => valueOf(attempt(() => parseCertificate(bytes))) ?? [])
    .filter((one) => {
      const role = valueOf(attempt(() => recogniseRole(one)));
      return role !== undefined && CSCA_ROLES.includes(role);
    });
}

type Linter = (bytes: Uint8Array, context: LintContext) => Omit<LintedObject, 'kind'>;

const LINTERS: Readonly<Record<ObjectKind, Linter>> = {
  certificate: lintCertificateObject,
  'revocation-list': lintRevocationListObject,
  'master-list': lintSignedListObject,
  'deviation-list': lintSignedListObject,
};

function lintCertificateObject(
  bytes: Uint8Array,
  context: LintContext,
): Omit<LintedObject, 'kind'> {
  const certificate = parseCertificate(bytes);
  const role = context.role ?? recogniseRole(certificate);
  const cscas = role === 'csca' ? [certificate] : context.cscas;
  const issuer = signerAmong(cscas, certificate, certificate.issuer);
  return {
    role,
    rules: CERTIFICATE_RULES.filter(({ roles }) => roles.includes(role)).length,
    findings: [
      ...lintCertificate(certificate, role).map(findingOf),
      ...signatureFindings(issuer && verifyCertificateSignature(certificate, issuer.publicKey)),
    ],
  };
}

function lintRevocationListObject(
  bytes: Uint8Array,
  { cscas }: LintContext,
): Omit<LintedObject, 'kind'> {
  const list = parseRevocationList(bytes);
  const csca = signerAmong(cscas, list, list.issuer);
  return {
    rules: REVOCATION_LIST_RULES.length,
    findings: [
      ...lintRevocationList({ list, ...(csca && { csca }) }).map(findingOf),
      ...signatureFindings(csca && verifyCertificateSignature(list, csca.publicKey)),
    ],
  };
}

/** The signer's certificate travels along and is held against its own profile. */
function lintSignedListObject(bytes: Uint8Array): Omit<LintedObject, 'kind'> {
  const list = parseSignedList(bytes);
  const { kind, signer, certificate, signedData } = list;
  const role = kind === 'master-list' ? 'ml-signer' : 'dl-signer';
  const verdict =
    signer && certificate && verifySigner(signedData, signer, certificate.publicKey).signature;
  return {
    rules: SIGNED_LIST_RULES.filter(({ kinds }) => kinds.includes(kind)).length,
    findings: [
      ...lintSignedList(list).map(findingOf),
      ...signatureFindings(verdict),
      ...(certificate === undefined ? [] : lintCertificate(certificate, role).map(findingOf)),
    ],
  };
}

type Signed = Parameters<typeof verifyCertificateSignature>[0];

/** Whose key fits; where none does, whoever has the name, so that a broken signature is told. */
function signerAmong(
  cscas: readonly Certificate[],
  signed: Signed,
  name: Certificate['issuer'],
): Certificate | undefined {
  return (
    cscas.find((csca) => verifyCertificateSignature(signed, csca.publicKey).valid) ??
    cscas.find((csca) => sameName(csca.subject, name))
  );
}

function signatureFindings(verdict: SignatureVerdict | undefined): readonly ObjectFinding[] {
  if (verdict === undefined || verdict.valid) return [];
  const reason = text('lint.signature');
  const clause = 'RFC 5280 §6.1.3';
  return [{ rule: 'signature', severity: 'error', clause, reason, detail: verdict.reason }];
}

function unreadable(key: 'lint.unknown' | 'lint.unreadable'): ObjectFinding {
  return { rule: 'readable', severity: 'error', clause: 'X.690 §8', reason: text(key) };
}
