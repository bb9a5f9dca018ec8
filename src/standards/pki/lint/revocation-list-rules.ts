import type { RevocationListRule } from './revocation-list-rule';
import { crlAuthorityKey } from './crl-rules/crl-authority-key';
import { crlAuthorityKeyIdentifier } from './crl-rules/crl-authority-key-identifier';
import { crlComplete } from './crl-rules/crl-complete';
import { crlCountryUpperCase } from './crl-rules/crl-country-upper-case';
import { crlDefaultCriticality } from './crl-rules/crl-default-criticality';
import { crlDirect } from './crl-rules/crl-direct';
import { crlEmptyEntries } from './crl-rules/crl-empty-entries';
import { crlIssuerCountry } from './crl-rules/crl-issuer-country';
import { crlIssuerName } from './crl-rules/crl-issuer-name';
import { crlNextUpdate } from './crl-rules/crl-next-update';
import { crlNoFreshest } from './crl-rules/crl-no-freshest';
import { crlNonCriticalExtensions } from './crl-rules/crl-non-critical-extensions';
import { crlNumber } from './crl-rules/crl-number';
import { crlNumberRange } from './crl-rules/crl-number-range';
import { crlPlainEntries } from './crl-rules/crl-plain-entries';
import { crlRepeatedEntry } from './crl-rules/crl-repeated-entry';
import { crlRepeatedExtension } from './crl-rules/crl-repeated-extension';
import { crlSameSignatureAlgorithm } from './crl-rules/crl-same-signature-algorithm';
import { crlSerialNumbers } from './crl-rules/crl-serial-numbers';
import { crlSignatureDigest } from './crl-rules/crl-signature-digest';
import { crlTimeEncoding } from './crl-rules/crl-time-encoding';
import { crlUnknownCriticalExtension } from './crl-rules/crl-unknown-critical-extension';
import { crlUpdateInterval } from './crl-rules/crl-update-interval';
import { crlUpdateOrder } from './crl-rules/crl-update-order';
import { crlVersion } from './crl-rules/crl-version';

/** The profile of revocation lists, one rule a file [9303-12 §7.2]. */
export const REVOCATION_LIST_RULES: readonly RevocationListRule[] = [
  crlAuthorityKey,
  crlAuthorityKeyIdentifier,
  crlComplete,
  crlCountryUpperCase,
  crlDefaultCriticality,
  crlDirect,
  crlEmptyEntries,
  crlIssuerCountry,
  crlIssuerName,
  crlNextUpdate,
  crlNoFreshest,
  crlNonCriticalExtensions,
  crlNumber,
  crlNumberRange,
  crlPlainEntries,
  crlRepeatedEntry,
  crlRepeatedExtension,
  crlSameSignatureAlgorithm,
  crlSerialNumbers,
  crlSignatureDigest,
  crlTimeEncoding,
  crlUnknownCriticalExtension,
  crlUpdateInterval,
  crlUpdateOrder,
  crlVersion,
];
