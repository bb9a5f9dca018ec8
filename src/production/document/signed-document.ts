import type { DocumentFinding } from './document-finding';
import type { AccessSecrets } from './holder';
import type { LdsFiles } from './lds-files';
import type { TerminalTrust } from './terminal-trust';

/** What a chip is to hold, byte for byte. */
export interface WritableDocument {
  /** All files of the chip, EF.SOD, EF.COM and EF.CardAccess among them. */
  readonly files: LdsFiles;
  readonly access: AccessSecrets;
  readonly chipKeys: ChipKeys;
  /** Whose terminals the chip obeys; absent where nobody's. */
  readonly terminalTrust?: TerminalTrust;
}

/** The LDS with its EF.SOD, and how it was signed. */
export interface SignedDocument extends WritableDocument {
  readonly signer: DocumentSigner;
  readonly signedAt: Date;
  /** What lint warned of while it was signed; absent when nothing. */
  readonly warnings?: readonly DocumentFinding[];
}

/** A document signer: its certificate, the CSCA's above it, and the bounds of its key's use. */
export interface DocumentSigner {
  /** Label of the private key behind the `Hsm` port. */
  readonly keyLabel: string;
  /** What it signs with, by name: an RSA key alone does not say PKCS#1 or PSS. */
  readonly algorithm: string;
  /** DER of the document-signer certificate. */
  readonly certificate: Uint8Array;
  /** DER of the CSCA certificate that issued it. */
  readonly csca: Uint8Array;
  readonly keyUse: { readonly from: Date; readonly until: Date };
  readonly validity: { readonly from: Date; readonly until: Date };
}

/** Key pairs that belong to one chip: handed over to it once, or made by itself. */
export interface ChipKeys {
  readonly activeAuthentication?: ChipKey;
  readonly chipAuthentication?: ChipKey;
}

export type ChipKey = RsaChipKey | EcChipKey | OnChipKey;

/** A key pair whose private half has never left the chip that made it. */
export interface OnChipKey {
  readonly type: 'on-chip';
  /** DER SubjectPublicKeyInfo, with explicit parameters for EC keys. */
  readonly publicKey: Uint8Array;
}

/** Whether there is a private half to hand over. */
export function holdsPrivateKey(key: ChipKey | undefined): key is RsaChipKey | EcChipKey {
  return key !== undefined && key.type !== 'on-chip';
}

export interface RsaChipKey {
  readonly type: 'rsa';
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly modulus: Uint8Array;
  readonly privateExponent: Uint8Array;
}

export interface EcChipKey {
  readonly type: 'ec';
  /** DER SubjectPublicKeyInfo with explicit parameters. */
  readonly publicKey: Uint8Array;
  readonly curve: string;
  /** Private scalar, as long as the group order. */
  readonly privateScalar: Uint8Array;
}
