import { transcodeBerToDer } from '../../standards/asn1/ber-to-der';
import { parseEfSod } from '../../standards/cms/ef-sod';
import {
  parseSignedData,
  type SignedData,
  type SignerInfo,
} from '../../standards/cms/parse-signed-data';
import {
  findSignerCertificate,
  verifySigner,
  type SignerVerification,
} from '../../standards/cms/verify-signed-data';
import { encodeEcdsaSignature } from '../../standards/crypto/ecdsa-signature';
import {
  type LdsSecurityObject,
  parseLdsSecurityObject,
} from '../../standards/lds/lds-security-object';
import { type Certificate, parseCertificate } from '../../standards/pki/certificate';
import { ABSENT, attempt, type Parsed, valueOf } from './parsed';

/** EF.SOD taken apart, as far as it goes: each part has its own answer. */
export interface SodReading {
  readonly signedData: SignedData;
  /** The first signer; a good EF.SOD has exactly one. */
  readonly signer: SignerInfo | undefined;
  readonly securityObject: Parsed<LdsSecurityObject>;
  readonly dsc: Parsed<Certificate>;
  /** Whether the signer identifier names `dsc`; false when it is merely the only certificate. */
  readonly dscIsNamed: boolean;
  /** The steps of the verification with the key of `dsc`. */
  readonly verification: SignerVerification | undefined;
  /** True when the signature is right only as r ‖ s, where its algorithm says DER. */
  readonly isPlainEcdsa: boolean;
}

/**
 * Reads EF.SOD, also one in BER, and judges its signature with the embedded certificate.
 *
 * @param file the whole data object 77, nothing behind it
 * @param others certificates to look for the signer in, where EF.SOD holds none
 * @throws MalformedError when not even the frame of a SignedData can be read.
 */
export function readSod(file: Uint8Array, others: readonly Uint8Array[]): SodReading {
  const signedData = parseSignedData(parseEfSod(file));
  const [signer] = signedData.signers;
  const embedded = signedData.certificates;
  const named =
    signer === undefined ? undefined : (findNamed(signer, embedded) ?? findNamed(signer, others));
  const dsc = named === undefined ? onlyCertificate(embedded) : good(named);
  const key = valueOf(dsc)?.publicKey;
  return {
    signedData,
    signer,
    securityObject: readSecurityObject(signedData.content),
    dsc,
    dscIsNamed: named !== undefined,
    ...verify(signedData, signer, key),
  };
}

/** Verifies as the algorithm says; failing that, as the plain form that some signers wrote. */
function verify(
  signedData: SignedData,
  signer: SignerInfo | undefined,
  key: Uint8Array | undefined,
): Pick<SodReading, 'verification' | 'isPlainEcdsa'> {
  if (signer === undefined || key === undefined) {
    return { verification: undefined, isPlainEcdsa: false };
  }
  const verification = verifySigner(signedData, signer, key);
  const asDer = attempt(() => encodeEcdsaSignature(signer.signature));
  if (verification.signature.valid || asDer.state !== 'good') {
    return { verification, isPlainEcdsa: false };
  }
  const again = verifySigner(signedData, { ...signer, signature: asDer.value }, key);
  return again.signature.valid
    ? { verification: again, isPlainEcdsa: true }
    : { verification, isPlainEcdsa: false };
}

function findNamed(signer: SignerInfo, among: readonly Uint8Array[]): Certificate | undefined {
  return valueOf(attempt(() => findSignerCertificate(signer, among)));
}

/** The content may be in BER like everything around it; hashes are read from it all the same. */
function readSecurityObject(content: Uint8Array | undefined): Parsed<LdsSecurityObject> {
  if (content === undefined) return ABSENT;
  const strict = attempt(() => parseLdsSecurityObject(content));
  if (strict.state === 'good') return strict;
  const loose = attempt(() =>
    parseLdsSecurityObject(transcodeBerToDer(content, 'LDS security object').der),
  );
  return loose.state === 'good' ? loose : strict;
}

function onlyCertificate(embedded: readonly Uint8Array[]): Parsed<Certificate> {
  const [first] = embedded;
  return first === undefined ? ABSENT : attempt(() => parseCertificate(first, 'DSC'));
}

function good<T>(value: T): Parsed<T> {
  return { state: 'good', value };
}
