import { SecureChannelError } from './secure-channel-error';

/** What the parameter i of SCP02 says about a card [GPC-C §E.1.1]. */
export interface Scp02Options {
  /** The MAC covers the command before its class and length are changed. */
  readonly macOnUnmodifiedCommand: boolean;
  /** The last MAC is encrypted before the next one chains to it. */
  readonly encryptsChainingValue: boolean;
  readonly supportsRMac: boolean;
  /** The card challenge is a MAC over the security domain's AID. */
  readonly pseudoRandomChallenge: boolean;
}

const I_BIT = {
  threeKeys: 0x01,
  unmodified: 0x02,
  explicit: 0x04,
  icvOverAid: 0x08,
  icvEncryption: 0x10,
  rMac: 0x20,
  pseudoRandom: 0x40,
};

/**
 * The options behind the parameter i, with which three keys and explicit initiation are wanted:
 * 05, 07, 15, 17, 25 … 77. Cards with implicit initiation or one base key are not implemented
 * [GPC-C §E.1.1].
 *
 * @throws SecureChannelError `unsupported-options`
 */
export function parseScp02Options(i: number): Scp02Options {
  const wanted = I_BIT.threeKeys | I_BIT.explicit;
  if ((i & wanted) !== wanted || (i & I_BIT.icvOverAid) !== 0 || i > 0x7f) {
    throw new SecureChannelError('unsupported-options');
  }
  return {
    macOnUnmodifiedCommand: (i & I_BIT.unmodified) !== 0,
    encryptsChainingValue: (i & I_BIT.icvEncryption) !== 0,
    supportsRMac: (i & I_BIT.rMac) !== 0,
    pseudoRandomChallenge: (i & I_BIT.pseudoRandom) !== 0,
  };
}
