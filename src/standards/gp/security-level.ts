import { SecureChannelError } from './secure-channel-error';

/** Bits of the security level in P1 of EXTERNAL AUTHENTICATE [GPC-D §7.1.2.1, GPC-C §E.5.2.3]. */
export const SECURITY_LEVEL_BIT = { cMac: 0x01, cEncryption: 0x02, rMac: 0x10, rEncryption: 0x20 };

/** What is done to each command and response of one channel. */
export interface SecurityLevel {
  readonly cMac: boolean;
  readonly cEncryption: boolean;
  readonly rMac: boolean;
  readonly rEncryption: boolean;
}

const SCP03_LEVELS = [0x00, 0x01, 0x03, 0x11, 0x13, 0x33];
const SCP02_LEVELS = [0x00, 0x01, 0x03, 0x10, 0x11, 0x13];

/**
 * The security level of a byte that SCP03 or SCP02 defines [GPC-D §7.1.2.1, GPC-C §E.5.2.3].
 *
 * @throws SecureChannelError `security-level`
 */
export function parseSecurityLevel(level: number, protocol: 'SCP03' | 'SCP02'): SecurityLevel {
  const known = protocol === 'SCP03' ? SCP03_LEVELS : SCP02_LEVELS;
  if (!known.includes(level)) throw new SecureChannelError('security-level');
  return {
    cMac: (level & SECURITY_LEVEL_BIT.cMac) !== 0,
    cEncryption: (level & SECURITY_LEVEL_BIT.cEncryption) !== 0,
    rMac: (level & SECURITY_LEVEL_BIT.rMac) !== 0,
    rEncryption: (level & SECURITY_LEVEL_BIT.rEncryption) !== 0,
  };
}
