import { encodeHex } from '../../../../standards/bytes/hex';
import type { PresentCustodian } from '../../four-eyes/custodian-key';

/** The steps with which the invented State UTO begins. */
export const FOUNDING_STEPS = `
  - do: make-csca
    label: csca-1
    algorithm: ecdsa-brainpoolP384r1-sha384
    commonName: CSCA Utopia
    from: '2026-03-02T00:00:00Z'
    useMonths: 48
  - do: add-signer
    label: dsc-1
    algorithm: ecdsa-brainpoolP256r1-sha256
    commonName: Document signer Utopia 1
    from: '2026-03-04T00:00:00Z'
    useMonths: 3
  - { do: make-storage-key, label: storage-1 }
  - { do: make-audit-key, label: audit-1, algorithm: ecdsa-P-256-sha256 }
`;

/** A ceremony file of the invented State UTO, confirmed by two of these custodians. */
export function sampleCeremony(
  custodians: readonly PresentCustodian[],
  { name = 'csca-uto-2026', steps = FOUNDING_STEPS } = {},
): string {
  const people = custodians.map(
    ({ name: person, publicKey }) =>
      `    - { name: ${person}, key: '${encodeHex(publicKey.subarray(-32))}' }`,
  );
  const isFounding = steps.includes('make-csca');
  return `ceremony: ${name}
country: UT
state: UTO
organization: Registry of Utopia
contact: csca@example.invalid
crl: ['https://pkddownload1.icao.int/CRLs/UTO.crl']
documents: { years: 10, types: [P, ID] }
${isFounding ? '' : 'auditKey: { label: audit-1, algorithm: ecdsa-P-256-sha256 }\n'}confirm:
  requestedBy: dung
  needed: 2
  custodians:
${people.join('\n')}
steps:${steps}`;
}
