/** What the parameter i of SCP03 says about a card [GPC-D §5.1]. */
export interface Scp03Options {
  /** Bytes of challenges, cryptograms and MACs: 8 in S8 mode, 16 in S16 mode. */
  readonly macBytes: 8 | 16;
  /** The card challenge follows from a sequence counter instead of being random. */
  readonly pseudoRandomChallenge: boolean;
  readonly supportsRMac: boolean;
  readonly supportsREncryption: boolean;
}

const I_BIT = { s16: 0x01, pseudoRandom: 0x10, rMac: 0x20, rEncryption: 0x40 };

/** The options behind the parameter i, 0 to 255; bits reserved for later use are left out [GPC-D §5.1]. */
export function parseScp03Options(i: number): Scp03Options {
  return {
    macBytes: (i & I_BIT.s16) === 0 ? 8 : 16,
    pseudoRandomChallenge: (i & I_BIT.pseudoRandom) !== 0,
    supportsRMac: (i & I_BIT.rMac) !== 0,
    supportsREncryption: (i & I_BIT.rEncryption) !== 0,
  };
}

/** The parameter i of these options [GPC-D §5.1]. */
export function encodeScp03Options(options: Scp03Options): number {
  return (
    (options.macBytes === 16 ? I_BIT.s16 : 0) |
    (options.pseudoRandomChallenge ? I_BIT.pseudoRandom : 0) |
    (options.supportsRMac ? I_BIT.rMac : 0) |
    (options.supportsREncryption ? I_BIT.rEncryption : 0)
  );
}
