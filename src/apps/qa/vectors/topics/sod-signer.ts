import { equalBytes } from '../../../../standards/bytes/compare';
import type { SignedData, SignerInfo } from '../../../../standards/cms/parse-signed-data';
import { findSignerCertificate, verifySigner } from '../../../../standards/cms/verify-signed-data';
import { type Certificate, parseCertificate } from '../../../../standards/pki/certificate';
import {
  readBasicConstraints,
  readKeyUsage,
  readPrivateKeyUsagePeriod,
} from '../../../../standards/pki/read-extensions';
import { verifyCertificateSignature } from '../../../../standards/pki/verify-certificate';
import { MalformedError } from '../../../../standards/bytes/malformed';
import type { Inputs } from '../inputs';
import { Refused } from '../refusal';

/** The signature of the security object, its document signer, and the CSCA behind that. */
export function verifySignerAndChain(
  inputs: Inputs,
  signedData: SignedData,
  signer: SignerInfo,
): void {
  const given = inputs.optionalHex('dsc');
  const certificates = [...signedData.certificates, ...(given === undefined ? [] : [given])];
  const dsc = findSignerCertificate(signer, certificates);
  if (dsc === undefined) {
    throw new Refused(
      'missing',
      'the certificate of the document signer is missing: none is named so',
    );
  }
  const verification = verifySigner(signedData, signer, dsc.publicKey);
  const { contentType, messageDigest, signature, signingTime } = verification;
  if (!contentType.valid) throw new Refused('content-type', `content type: ${contentType.reason}`);
  if (!messageDigest.valid) throw new Refused('hash', `message digest: ${messageDigest.reason}`);
  if (!signature.valid) throw new Refused('signature', signature.reason);
  const moment = momentOf(inputs) ?? signingTime;
  requireUsage(dsc);
  if (moment !== undefined) requireValidity(dsc, moment, 'document signer certificate');
  if (signingTime !== undefined) requireKeyPeriod(dsc, signingTime);
  if (inputs.has('csca')) verifyChain(dsc, parseCertificate(inputs.hex('csca')), moment);
}

/** The moment at which the entry wants it judged. */
function momentOf(inputs: Inputs): Date | undefined {
  const names = ['at', 'date', 'time', 'inspection_date', 'current_date'];
  if (!inputs.has(...names)) return undefined;
  const moment = new Date(inputs.text(...names));
  if (Number.isNaN(moment.getTime())) throw new MalformedError('date', 'is no date');
  return moment;
}

function verifyChain(dsc: Certificate, csca: Certificate, moment: Date | undefined): void {
  if (!equalBytes(dsc.issuer.raw, csca.subject.raw)) {
    throw new Refused('chain', 'the CSCA is not the issuer that the document signer names');
  }
  const verdict = verifyCertificateSignature(dsc, csca.publicKey);
  if (!verdict.valid) {
    throw new Refused('chain', `the document signer is not signed by this CSCA: ${verdict.reason}`);
  }
  if (readBasicConstraints(csca)?.isCa === false) {
    throw new Refused('role', 'the key usage of the CSCA: it is no certification authority');
  }
  if (moment !== undefined) requireValidity(csca, moment, 'CSCA certificate');
}

function requireValidity({ validity }: Certificate, moment: Date, whose: string): void {
  if (moment < validity.from) throw new Refused('validity', `the ${whose} is not yet valid`);
  if (moment > validity.until) throw new Refused('validity', `the ${whose} has expired`);
}

function requireKeyPeriod(dsc: Certificate, signingTime: Date): void {
  const period = readPrivateKeyUsagePeriod(dsc);
  const early = period?.from !== undefined && signingTime < period.from;
  const late = period?.until !== undefined && signingTime > period.until;
  if (early || late) {
    throw new Refused(
      'validity',
      'the signing time is outside the validity period of the private key',
    );
  }
}

function requireUsage(dsc: Certificate): void {
  const usage = readKeyUsage(dsc);
  if (usage !== undefined && !usage.has('digitalSignature')) {
    throw new Refused('role', 'the key usage of the document signer is not to sign');
  }
}
