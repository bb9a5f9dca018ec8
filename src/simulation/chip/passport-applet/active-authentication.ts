import { SW } from '../../../standards/apdu/status-words';
import { concatBytes } from '../../../standards/bytes/concat';
import { decodeBigUint, encodeUint } from '../../../standards/bytes/integer';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { modularPower } from '../../../standards/crypto/modular-arithmetic';
import { refuse } from '../status-word-error';
import type { CommandHandler } from './applet-context';

const CHALLENGE_BYTES = 8;
const MODULUS_BYTES = 128;
const HEADER = 0x6a;
/** Says that SHA-1 was used [ISO 9796-2 §8.1.2]. */
const TRAILER = 0xbc;
const SHA1_BYTES = 20;

/**
 * INTERNAL AUTHENTICATE: the challenge signed with message recovery, RSA-1024 and SHA-1. The
 * applet takes zeros where others take random bytes [9303-11 §6.1.2].
 */
export const internalAuthenticate: CommandHandler = ({ memory, session }, { data }) => {
  const modulus = memory.value('aa.modulus');
  const exponent = memory.value('aa.exponent');
  if (modulus === undefined || exponent === undefined || session.channel === undefined) {
    return refuse(SW.securityStatusNotSatisfied);
  }
  if (data.length !== CHALLENGE_BYTES) refuse(SW.wrongLength);
  const recoverable = new Uint8Array(MODULUS_BYTES - 2 - SHA1_BYTES);
  const representative = concatBytes(
    Uint8Array.of(HEADER),
    recoverable,
    digestBytes('sha1', recoverable, data),
    Uint8Array.of(TRAILER),
  );
  const signature = modularPower(
    decodeBigUint(representative),
    decodeBigUint(exponent),
    decodeBigUint(modulus),
  );
  return encodeUint(signature, MODULUS_BYTES);
};
