import type { KeyPurpose } from '../../ports';

/** A ceremony as it was reviewed: what is done, in which order, and who must confirm it. */
export interface CeremonyPlan {
  readonly ceremony: string;
  readonly country: string;
  readonly state: string;
  readonly organization: string;
  readonly contact: string;
  readonly crl: readonly string[];
  readonly documents: { readonly years: number; readonly types: readonly string[] };
  /** Signs the transcript where no step makes such a key. */
  readonly auditKey?: { readonly label: string; readonly algorithm: string };
  readonly confirm: {
    readonly requestedBy: string;
    readonly needed: number;
    /** Names with the Ed25519 public keys that `custodian list` prints, hexadecimal. */
    readonly custodians: readonly { readonly name: string; readonly key: string }[];
  };
  readonly steps: readonly CeremonyStep[];
}

/** Everything that a ceremony can do. */
export type CeremonyStep =
  | ({ readonly do: 'make-csca' } & CertifiedStep)
  | ({ readonly do: 'roll-over-csca'; readonly rename?: true } & CertifiedStep)
  | {
      readonly do: 'renew-csca';
      readonly label: string;
      readonly from: string;
      readonly useMonths: number;
    }
  | ({ readonly do: 'add-signer' } & CertifiedStep & SignerLimits)
  | ({ readonly do: 'request-signer'; readonly commonName: string } & KeyStep)
  | ({ readonly do: 'import-signer'; readonly sha256: string; readonly csca: string } & KeyStep &
      SignerLimits)
  | ({ readonly do: 'issue-list-signer'; readonly kind: 'master-list' | 'deviation-list' } & Omit<
      CertifiedStep,
      'commonName'
    >)
  | ({ readonly do: 'make-audit-key' } & KeyStep)
  | { readonly do: 'make-storage-key'; readonly label: string }
  | { readonly do: 'cut-over'; readonly signer: number }
  | { readonly do: 'revoke-signer'; readonly signer: number }
  | { readonly do: 'retire-signer'; readonly signer: number }
  | { readonly do: 'issue-crl' }
  | { readonly do: 'destroy-key'; readonly label: string; readonly purpose: KeyPurpose };

/** One step, by what it does. */
export type StepOf<Do extends CeremonyStep['do']> = Extract<CeremonyStep, { readonly do: Do }>;

interface KeyStep {
  readonly label: string;
  readonly algorithm: string;
}

export interface CertifiedStep extends KeyStep {
  readonly commonName: string;
  /** Begin of all periods, RFC 3339 in UTC. */
  readonly from: string;
  /** How long the private key signs. */
  readonly useMonths: number;
}

export interface SignerLimits {
  readonly maxSignatures?: number;
  readonly maxDays?: number;
}
