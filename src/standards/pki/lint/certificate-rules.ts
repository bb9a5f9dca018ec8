import type { CertificateRule } from './certificate-rule';
import { alternativeNames } from './rules/alternative-names';
import { authorityKeyIdentifier } from './rules/authority-key-identifier';
import { commonName } from './rules/common-name';
import { countryUpperCase } from './rules/country-upper-case';
import { criticalConstraints } from './rules/critical-constraints';
import { distributionPoints } from './rules/distribution-points';
import { distributionScheme } from './rules/distribution-scheme';
import { documentTypes } from './rules/document-types';
import { explicitCurve } from './rules/explicit-curve';
import { forbiddenExtensions } from './rules/forbidden-extensions';
import { keyPeriodInValidity } from './rules/key-period-in-validity';
import { noConstraintsInSigner } from './rules/no-constraints-in-signer';
import { noDocumentTypesInCsca } from './rules/no-document-types-in-csca';
import { noExtendedKeyUsage } from './rules/no-extended-key-usage';
import { repeatedExtension } from './rules/repeated-extension';
import { rsaKeyLength } from './rules/rsa-key-length';
import { sameSignatureAlgorithm } from './rules/same-signature-algorithm';
import { serialNumber } from './rules/serial-number';
import { signatureDigest } from './rules/signature-digest';
import { stateInAlternativeName } from './rules/state-in-alternative-name';
import { subjectKeyIdentifier } from './rules/subject-key-identifier';
import { uncompressedPoint } from './rules/uncompressed-point';
import { unknownCriticalExtension } from './rules/unknown-critical-extension';
import { versionThree } from './rules/version-three';

/** The profile of CSCA and document-signer certificates, one rule a file [9303-12 §7.1]. */
export const CERTIFICATE_RULES: readonly CertificateRule[] = [
  alternativeNames,
  authorityKeyIdentifier,
  commonName,
  countryUpperCase,
  criticalConstraints,
  distributionPoints,
  distributionScheme,
  documentTypes,
  explicitCurve,
  forbiddenExtensions,
  keyPeriodInValidity,
  noConstraintsInSigner,
  noDocumentTypesInCsca,
  noExtendedKeyUsage,
  repeatedExtension,
  rsaKeyLength,
  sameSignatureAlgorithm,
  serialNumber,
  signatureDigest,
  stateInAlternativeName,
  subjectKeyIdentifier,
  uncompressedPoint,
  unknownCriticalExtension,
  versionThree,
];
