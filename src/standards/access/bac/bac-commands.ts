import type { CommandApdu } from '../../apdu/command';

/** GET CHALLENGE for 8 bytes [9303-11 §4.3.4.1]. */
export function buildGetChallenge(): CommandApdu {
  return { cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00, le: 8 };
}

/** EXTERNAL AUTHENTICATE with cryptogram and MAC, 40 bytes [9303-11 §4.3.4.2]. */
export function buildExternalAuthenticate(cryptogram: Uint8Array): CommandApdu {
  return { cla: 0x00, ins: 0x82, p1: 0x00, p2: 0x00, data: cryptogram, le: 40 };
}
