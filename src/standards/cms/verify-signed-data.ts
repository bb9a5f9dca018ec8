import { derRetag, derSetOf } from '../asn1/der';
import { derChildren, parseDer, readOctetString, readOid, readTime } from '../asn1/read';
import { TAG } from '../asn1/tags';
import { equalBytes } from '../bytes/compare';
import { MalformedError } from '../bytes/malformed';
import { digestBytes, DIGESTS, parseDigestIdentifier } from '../crypto/digest-algorithms';
import { importPublicKey, verifySignature } from '../crypto/sign-verify';
import { formatSignatureAlgorithm, parseSignatureIdentifier } from '../crypto/signature-algorithms';
import { type Certificate, parseCertificate } from '../pki/certificate';
import { readSubjectKeyIdentifier } from '../pki/read-extensions';
import type { SignatureVerdict } from '../pki/verify-certificate';
import { CMS_OIDS } from './cms-oids';
import {
  findAttribute,
  type SignedAttributes,
  type SignedData,
  type SignerInfo,
} from './parse-signed-data';

/** The answer to one step of the verification, with the reason where it is no. */
export type StepVerdict =
  { readonly valid: true } | { readonly valid: false; readonly reason: string };

/** The steps of verifying one signer's signature, each judged by itself. */
export interface SignerVerification {
  /** The contentType attribute is the type of the content. */
  readonly contentType: StepVerdict;
  /** The messageDigest attribute is the hash of the content. */
  readonly messageDigest: StepVerdict;
  /** The signature over the attributes is right. */
  readonly signature: SignatureVerdict;
  /** The signing time, where the attributes have one. */
  readonly signingTime?: Date;
}

/**
 * The certificate that a signer names, among those given; issuers are matched byte for byte
 * [RFC 5652 §5.3]. Certificates that cannot be read are passed over.
 */
export function findSignerCertificate(
  signer: SignerInfo,
  certificates: readonly Uint8Array[],
): Certificate | undefined {
  return certificates
    .flatMap((bytes) => {
      try {
        return [parseCertificate(bytes)];
      } catch (error) {
        if (error instanceof MalformedError) return [];
        throw error;
      }
    })
    .find((certificate) => isNamed(signer, certificate));
}

/**
 * Judges the signature of one signer over the content [RFC 5652 §5.4, §5.6; 9303-11 §5.1].
 *
 * @param publicKey DER SubjectPublicKeyInfo of the signer's certificate
 */
export function verifySigner(
  signedData: SignedData,
  signer: SignerInfo,
  publicKey: Uint8Array,
): SignerVerification {
  const signature = judge(() => checkSignature(signedData, signer, publicKey));
  const attributes = signer.signedAttributes?.attributes;
  if (attributes === undefined) {
    const absent = { valid: false, reason: 'signed attributes are absent' } as const;
    return { contentType: absent, messageDigest: absent, signature };
  }
  const [time] = findAttribute(attributes, CMS_OIDS.signingTime) ?? [];
  const signingTime = time && readSigningTime(time);
  return {
    contentType: judge(() => checkContentType(signedData, signer)),
    messageDigest: judge(() => checkMessageDigest(signedData, signer)),
    signature,
    ...(signingTime && { signingTime }),
  };
}

function isNamed(signer: SignerInfo, certificate: Certificate): boolean {
  const { signerId } = signer;
  if (signerId.type === 'issuerAndSerialNumber') {
    return (
      equalBytes(signerId.issuer, certificate.issuer.raw) &&
      equalBytes(signerId.serialNumber, certificate.serialNumber)
    );
  }
  const keyIdentifier = readSubjectKeyIdentifier(certificate);
  return keyIdentifier !== undefined && equalBytes(signerId.keyIdentifier, keyIdentifier);
}

function checkContentType(signedData: SignedData, signer: SignerInfo): StepVerdict {
  const value = onlyValue(signer.signedAttributes, CMS_OIDS.contentType, 'contentType');
  const found = readOid(parseDer(value, 'contentType'), 'contentType');
  return found === signedData.contentType
    ? { valid: true }
    : { valid: false, reason: `the attribute says ${found}, the content is another type` };
}

function checkMessageDigest(signedData: SignedData, signer: SignerInfo): StepVerdict {
  if (signedData.content === undefined) return { valid: false, reason: 'the content is absent' };
  const value = onlyValue(signer.signedAttributes, CMS_OIDS.messageDigest, 'messageDigest');
  const found = readOctetString(parseDer(value, 'messageDigest'), 'messageDigest');
  const digest = signerDigest(signer);
  return equalBytes(found, digestBytes(digest, signedData.content))
    ? { valid: true }
    : { valid: false, reason: `the ${DIGESTS[digest].title} hash of the content is another` };
}

function checkSignature(
  signedData: SignedData,
  signer: SignerInfo,
  publicKey: Uint8Array,
): SignatureVerdict {
  const place = 'SignerInfo, signature algorithm';
  const identifier = parseDer(signer.signatureIdentifier, place);
  const algorithm = parseSignatureIdentifier(identifier, place, signerDigest(signer));
  const words = formatSignatureAlgorithm(algorithm);
  const key = importPublicKey(publicKey);
  const valid = signedMessages(signedData, signer).some((message) =>
    verifySignature({ algorithm, publicKey: key, message, signature: signer.signature }),
  );
  return valid
    ? { valid, algorithm: words }
    : { valid, reason: `the ${words} signature does not fit the signer's key` };
}

/**
 * The signature covers the DER of the attributes. Signers that left them in another order hashed
 * either what they wrote or the sorted set: both are tried, and the parser reports the order.
 */
function signedMessages(signedData: SignedData, signer: SignerInfo): readonly Uint8Array[] {
  const raw = signer.signedAttributes?.raw;
  if (raw === undefined) return signedData.content === undefined ? [] : [signedData.content];
  const asFound = derRetag(TAG.set, raw);
  const sorted = derSetOf(...derChildren(parseDer(raw, 'SignerInfo')).map((node) => node.raw));
  return equalBytes(asFound, sorted) ? [asFound] : [asFound, sorted];
}

function signerDigest(signer: SignerInfo): keyof typeof DIGESTS {
  const place = 'SignerInfo, digest algorithm';
  return parseDigestIdentifier(parseDer(signer.digestIdentifier, place), place);
}

function onlyValue(
  attributes: SignedAttributes | undefined,
  oid: string,
  name: string,
): Uint8Array {
  const [value, ...rest] = findAttribute(attributes?.attributes ?? [], oid) ?? [];
  if (value === undefined) throw new MalformedError('signed attributes', `${name} is missing`);
  if (rest.length > 0) throw new MalformedError('signed attributes', `${name} has several values`);
  return value;
}

function readSigningTime(value: Uint8Array): Date | undefined {
  try {
    return readTime(parseDer(value, 'signingTime'), 'signingTime');
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

function judge<Verdict>(
  check: () => Verdict,
): Verdict | { readonly valid: false; readonly reason: string } {
  try {
    return check();
  } catch (error) {
    if (error instanceof MalformedError) return { valid: false, reason: error.message };
    throw error;
  }
}
