import type { RevocationListRule } from '../revocation-list-rule';

/** One list holds everything that a State has revoked: no delta, no part of it [9303-12 §7.2]. */
export const crlComplete: RevocationListRule = {
  id: 'crl-complete',
  severity: 'error',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'là CRL delta hoặc chỉ là một phần (deltaCRLIndicator, issuingDistributionPoint)',
    en: 'is a delta or a part only (deltaCRLIndicator, issuingDistributionPoint)',
  },
  holds: ({ list }) => !list.extensions.some(({ oid }) => PARTIAL.includes(oid)),
};

const DELTA_CRL_INDICATOR = '2.5.29.27';
const ISSUING_DISTRIBUTION_POINT = '2.5.29.28';
const PARTIAL: readonly string[] = [DELTA_CRL_INDICATOR, ISSUING_DISTRIBUTION_POINT];
