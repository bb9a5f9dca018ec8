/** The three keys of one version that a security domain shares with its owner [GPC-C §B.1]. */
export interface StaticKeys {
  /** K-ENC: session keys for encryption and cryptograms. */
  readonly encryption: Uint8Array;
  /** K-MAC: session keys for MACs. */
  readonly mac: Uint8Array;
  /** K-DEK: keys and secrets inside commands. */
  readonly dataEncryption: Uint8Array;
}
