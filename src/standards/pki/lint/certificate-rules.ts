import type { CertificateRule } from './certificate-rule';
import { alternativeNames } from './rules/alternative-names';
import { authorityKeyIdentifier } from './rules/authority-key-identifier';
import { commonName } from './rules/common-name';
import { countryPresent } from './rules/country-present';
import { countryUpperCase } from './rules/country-upper-case';
import { criticalConstraints } from './rules/critical-constraints';
import { criticalKeyUsage } from './rules/critical-key-usage';
import { criticalPurpose } from './rules/critical-purpose';
import { cscaConstraints } from './rules/csca-constraints';
import { defaultCriticality } from './rules/default-criticality';
import { distributionPoints } from './rules/distribution-points';
import { distributionScheme } from './rules/distribution-scheme';
import { documentTypeList } from './rules/document-type-list';
import { documentTypes } from './rules/document-types';
import { explicitCurve } from './rules/explicit-curve';
import { forbiddenExtensions } from './rules/forbidden-extensions';
import { keyPeriodInValidity } from './rules/key-period-in-validity';
import { keyUsage } from './rules/key-usage';
import { keyUsagePeriod } from './rules/key-usage-period';
import { keyUsagePeriodBound } from './rules/key-usage-period-bound';
import { linkKeyIdentifiers } from './rules/link-key-identifiers';
import { listSignerPurpose } from './rules/list-signer-purpose';
import { nameChange } from './rules/name-change';
import { nameStringTypes } from './rules/name-string-types';
import { noConstraintsInSigner } from './rules/no-constraints-in-signer';
import { noDocumentTypesInCsca } from './rules/no-document-types-in-csca';
import { noExtendedKeyUsage } from './rules/no-extended-key-usage';
import { noNameChange } from './rules/no-name-change';
import { noUniqueIdentifiers } from './rules/no-unique-identifiers';
import { nonCriticalExtensions } from './rules/non-critical-extensions';
import { pointOnCurve } from './rules/point-on-curve';
import { repeatedExtension } from './rules/repeated-extension';
import { rootKeyIdentifiers } from './rules/root-key-identifiers';
import { rootNames } from './rules/root-names';
import { rsaKeyLength } from './rules/rsa-key-length';
import { sameAlternativeNames } from './rules/same-alternative-names';
import { sameCountry } from './rules/same-country';
import { sameSignatureAlgorithm } from './rules/same-signature-algorithm';
import { serialNumber } from './rules/serial-number';
import { signatureDigest } from './rules/signature-digest';
import { stateInAlternativeName } from './rules/state-in-alternative-name';
import { subjectKeyIdentifier } from './rules/subject-key-identifier';
import { timeEncoding } from './rules/time-encoding';
import { uncompressedPoint } from './rules/uncompressed-point';
import { unknownCriticalExtension } from './rules/unknown-critical-extension';
import { validityOrder } from './rules/validity-order';
import { versionThree } from './rules/version-three';

/** The profile of every certificate of Doc 9303, one rule a file [9303-12 §7.1]. */
export const CERTIFICATE_RULES: readonly CertificateRule[] = [
  alternativeNames,
  authorityKeyIdentifier,
  commonName,
  countryPresent,
  countryUpperCase,
  criticalConstraints,
  criticalKeyUsage,
  criticalPurpose,
  cscaConstraints,
  defaultCriticality,
  distributionPoints,
  distributionScheme,
  documentTypeList,
  documentTypes,
  explicitCurve,
  forbiddenExtensions,
  keyPeriodInValidity,
  keyUsage,
  keyUsagePeriod,
  keyUsagePeriodBound,
  linkKeyIdentifiers,
  listSignerPurpose,
  nameChange,
  nameStringTypes,
  noConstraintsInSigner,
  noDocumentTypesInCsca,
  noExtendedKeyUsage,
  noNameChange,
  noUniqueIdentifiers,
  nonCriticalExtensions,
  pointOnCurve,
  repeatedExtension,
  rootKeyIdentifiers,
  rootNames,
  rsaKeyLength,
  sameAlternativeNames,
  sameCountry,
  sameSignatureAlgorithm,
  serialNumber,
  signatureDigest,
  stateInAlternativeName,
  subjectKeyIdentifier,
  timeEncoding,
  uncompressedPoint,
  unknownCriticalExtension,
  validityOrder,
  versionThree,
];
