/** The steps of a ceremony after the founding: every other thing that a ceremony can do. */
export const LATER_STEPS = `
  - { do: renew-csca, label: csca-1, from: '2026-03-10T00:00:00Z', useMonths: 48 }
  - do: roll-over-csca
    label: csca-2
    algorithm: ecdsa-P-256-sha256
    commonName: CSCA Utopia II
    rename: true
    from: '2026-03-10T00:00:00Z'
    useMonths: 48
  - do: add-signer
    label: dsc-2
    algorithm: ecdsa-P-256-sha256
    commonName: Document signer Utopia 2
    from: '2026-03-10T00:00:00Z'
    useMonths: 3
    maxSignatures: 1000
  - do: request-signer
    label: dsc-gov-1
    algorithm: ecdsa-P-256-sha256
    commonName: Document signer 1 of the government
  - do: issue-list-signer
    kind: master-list
    label: ml-1
    algorithm: ecdsa-P-256-sha256
    from: '2026-03-10T00:00:00Z'
    useMonths: 24
  - { do: revoke-signer, signer: 1 }
  - { do: issue-crl }
  - { do: retire-signer, signer: 1 }
  - { do: destroy-key, label: dsc-1, purpose: document-sign }
`;
