import type { RevocationListRule } from '../revocation-list-rule';

/** Whoever does not understand it must not use the list [RFC 5280 §5.2]. */
export const crlUnknownCriticalExtension: RevocationListRule = {
  id: 'crl-unknown-critical-extension',
  severity: 'error',
  clause: 'RFC 5280 §5.2',
  fault: {
    vi: 'có phần mở rộng critical không rõ nghĩa',
    en: 'has a critical extension that is not understood',
  },
  holds: ({ list }) =>
    [list, ...list.revoked]
      .flatMap(({ extensions }) => extensions)
      .every(({ oid, critical }) => !critical || UNDERSTOOD.includes(oid)),
};

/** Extensions of lists and of entries that are known, allowed here or not. */
const UNDERSTOOD: readonly string[] = [
  '2.5.29.18',
  '2.5.29.20',
  '2.5.29.21',
  '2.5.29.23',
  '2.5.29.24',
  '2.5.29.27',
  '2.5.29.28',
  '2.5.29.29',
  '2.5.29.35',
  '2.5.29.46',
];
