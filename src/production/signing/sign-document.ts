import type { SecurityInfo } from '../../standards/lds/security-infos';
import { findDerDifference } from '../../standards/asn1/find-der-difference';
import { equalBytes } from '../../standards/bytes/compare';
import type { DocumentFinding } from '../document/document-finding';
import type { DocumentLint } from '../document/document-lint';
import type { LdsFileName, LdsFiles } from '../document/lds-files';
import type { SignedDocument } from '../document/signed-document';
import { ProductionError } from '../errors';
import type { Clock, Hsm } from '../ports';
import { buildSecurityObject, type SigningRules } from './build-security-object';
import { findCardSecurityFaults } from './find-card-security-faults';
import { findSodFaults } from './find-sod-faults';
import { requireSignerInUse } from './require-signer-in-use';
import { signCardSecurity } from './sign-card-security';
import { signSecurityObject } from './sign-security-object';
import { throwAwayKey } from './throw-away-key';

/** A document that is to be signed: all its files but EF.SOD, and what goes with them. */
export interface SigningOrder extends Pick<SignedDocument, 'signer' | 'access' | 'chipKeys'> {
  readonly files: LdsFiles;
  readonly rules: SigningRules;
  /** What EF.CardSecurity is to say; without it the document has none. */
  readonly cardSecurity?: readonly SecurityInfo[];
}

/** Where the signature stands: the last member of the only signer, which is the last member. */
const SIGNATURES: ReadonlyMap<LdsFileName, readonly number[]> = new Map([
  ['EF.SOD', [0, 1, 0, -1, 0, -1]],
  ['EF.CardSecurity', [1, 0, -1, 0, -1]],
]);

export interface SigningTools {
  readonly hsm: Hsm;
  readonly clock: Clock;
  /** Holds the files against the specification, before the key signs and after. */
  readonly lint?: DocumentLint;
}

/**
 * Hashes every data group, and has a key that is thrown away sign the hashes and EF.CardSecurity.
 * Only when that draft is as the specification has it the document signer signs. The result is
 * read with other code, held against the specification again, and compared with the draft byte by
 * byte outside the signatures, before anybody uses it.
 *
 * @throws ProductionError `SIGNER_OUTSIDE_PERIOD`; `DOCUMENT_FAULTY` when the draft is not right
 * and nothing was signed; `SIGNATURE_WRONG`; or what the HSM threw.
 */
export async function signDocument(
  order: SigningOrder,
  { hsm, clock, lint = () => [] }: SigningTools,
): Promise<SignedDocument> {
  const { signer, access, chipKeys } = order;
  const signedAt = clock.now();
  requireSignerInUse(signer, signedAt);
  const throwAway = await throwAwayKey(signer.algorithm);
  const draft = await signFiles(order, signedAt, throwAway.signer);
  const findings = lint({ files: draft, signer, at: signedAt, stage: 'draft' });
  requireNone('DOCUMENT_FAULTY', [
    ...findSodFaults(draft, signer, throwAway.publicKey),
    ...findCardSecurityFaults(draft.get('EF.CardSecurity'), signer, throwAway.publicKey),
    ...errorsIn(findings),
  ]);
  const files = await signFiles(order, signedAt, hsm);
  requireNone('SIGNATURE_WRONG', [
    ...findSodFaults(files, signer),
    ...findCardSecurityFaults(files.get('EF.CardSecurity'), signer),
    ...errorsIn(lint({ files, signer, at: signedAt, stage: 'signed' })),
    ...differencesBetween(draft, files),
  ]);
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return { files, signer, signedAt, access, chipKeys, ...(warnings.length > 0 && { warnings }) };
}

/** All files, what is signed among them, under one key. */
async function signFiles(
  order: SigningOrder,
  signedAt: Date,
  hsm: Pick<Hsm, 'sign'>,
): Promise<LdsFiles> {
  const { signer, rules, cardSecurity: infos } = order;
  const unsigned = new Map([...order.files].filter(([name]) => name !== 'EF.SOD'));
  const content = buildSecurityObject(unsigned, rules);
  const sod = await signSecurityObject({ content, signer, signedAt }, hsm);
  const cardSecurity = infos && (await signCardSecurity({ infos, signer, signedAt }, hsm));
  return new Map([
    ...unsigned,
    ...(cardSecurity === undefined ? [] : ([['EF.CardSecurity', cardSecurity]] as const)),
    ['EF.SOD', sod],
  ]);
}

/** What of the signed files is not as it was in the draft, beside the signatures. */
function differencesBetween(draft: LdsFiles, signed: LdsFiles): readonly string[] {
  const names = [...new Set([...draft.keys(), ...signed.keys()])];
  return names.flatMap((name) => {
    const [before, after] = [draft.get(name), signed.get(name)];
    if (before === undefined || after === undefined) return [`${name} is not in both`];
    const path = SIGNATURES.get(name);
    if (path === undefined) return equalBytes(before, after) ? [] : [`${name} is not the draft`];
    const place = findDerDifference(before, after, path);
    return place === undefined ? [] : [`${name} is not the draft at ${place}`];
  });
}

function errorsIn(findings: readonly DocumentFinding[]): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ check, reason }) => `${check}: ${reason.en}`);
}

function requireNone(code: 'DOCUMENT_FAULTY' | 'SIGNATURE_WRONG', faults: readonly string[]): void {
  if (faults.length > 0) throw new ProductionError(code, 'EF.SOD', faults);
}
