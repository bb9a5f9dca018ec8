import type { PrivateKeyNumbers } from '../../standards/pki/private-key-numbers';

type RsaNumbers = Omit<Extract<PrivateKeyNumbers, { type: 'rsa' }>, 'type'>;

const MAX_TRIES = 64;

/**
 * An RSA key all of whose numbers are as long as its modulus. One whose private exponent begins
 * with a zero byte is thrown away: the open passport applet drops leading zeros of what it is given
 * and then refuses a number of 127 bytes with 6F00 (observed 2026-11 on its simulation).
 */
export async function makeFullLengthRsa(
  make: () => Promise<PrivateKeyNumbers>,
): Promise<RsaNumbers> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const made = await make();
    if (made.type !== 'rsa') throw new Error('an RSA key was made');
    const { publicKey, modulus, privateExponent } = made;
    if (privateExponent[0] !== 0) return { publicKey, modulus, privateExponent };
  }
  throw new Error(`no RSA key of full length in ${MAX_TRIES} tries`);
}
