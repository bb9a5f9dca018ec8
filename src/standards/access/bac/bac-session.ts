import { equalBytes } from '../../bytes/compare';
import { concatBytes } from '../../bytes/concat';
import { type ChannelKeys, deriveChannelKeys } from '../../crypto/key-derivation';
import { computeRetailMac } from '../../crypto/retail-mac';
import { decryptTripleDesCbc, encryptTripleDesCbc, zeroDesIv } from '../../crypto/triple-des';
import { AccessError } from '../access-error';
import type { SessionKeys } from '../session-keys';

const NONCE_BYTES = 8;
const KEYING_BYTES = 16;
const CRYPTOGRAM_BYTES = 32;

/** Random values of one run of BAC: 8 byte nonces, 16 byte keying material [9303-11 §4.3.1]. */
export interface BacTerminalInput {
  readonly keys: ChannelKeys;
  /** What the chip answered to GET CHALLENGE. */
  readonly rndIc: Uint8Array;
  readonly rndIfd: Uint8Array;
  readonly kIfd: Uint8Array;
}

/**
 * Terminal: the 40 bytes for EXTERNAL AUTHENTICATE, E_IFD ‖ M_IFD [9303-11 §4.3.1].
 *
 * @throws RangeError when a random value has the wrong length.
 * @throws AccessError `protocol` when the challenge of the chip has.
 */
export function buildBacCryptogram(input: BacTerminalInput): Uint8Array {
  const { keys, rndIc, rndIfd, kIfd } = input;
  if (rndIc.length !== NONCE_BYTES) {
    throw new AccessError('BAC, get challenge', 'protocol', 'the challenge is not 8 bytes long');
  }
  requireLength(rndIfd, NONCE_BYTES);
  requireLength(kIfd, KEYING_BYTES);
  return seal(keys, concatBytes(rndIfd, rndIc, kIfd));
}

/**
 * Terminal: checks what the chip answered and derives the session [9303-11 §4.3.1, §9.8.6.3].
 *
 * @param response 40 bytes, E_IC ‖ M_IC
 * @throws AccessError `wrong-proof` when MAC or nonces are wrong, `protocol` for a wrong length.
 */
export function verifyBacResponse(input: BacTerminalInput, response: Uint8Array): SessionKeys {
  const step = 'BAC, mutual authenticate';
  const plain = open(input.keys, response, step);
  const answered = concatBytes(input.rndIc, input.rndIfd);
  if (!equalBytes(plain.subarray(0, 2 * NONCE_BYTES), answered)) {
    throw new AccessError(step, 'wrong-proof', 'the chip did not return the nonces');
  }
  return deriveBacSession({ ...input, kIc: plain.subarray(2 * NONCE_BYTES) });
}

/** What a chip needs to answer EXTERNAL AUTHENTICATE [9303-11 §4.3.1]. */
export interface BacChipInput {
  readonly keys: ChannelKeys;
  /** The challenge that this chip gave last. */
  readonly rndIc: Uint8Array;
  readonly kIc: Uint8Array;
}

/**
 * Chip: checks the terminal's 40 bytes and answers with its own [9303-11 §4.3.1, §9.8.6.3].
 *
 * @throws AccessError `wrong-proof` when MAC or challenge is wrong, `protocol` for a wrong length.
 */
export function answerBacCryptogram(
  input: BacChipInput,
  cryptogram: Uint8Array,
): { readonly response: Uint8Array; readonly session: SessionKeys } {
  const step = 'BAC, mutual authenticate';
  const { keys, rndIc, kIc } = input;
  requireLength(kIc, KEYING_BYTES);
  const plain = open(keys, cryptogram, step);
  const rndIfd = plain.subarray(0, NONCE_BYTES);
  if (!equalBytes(plain.subarray(NONCE_BYTES, 2 * NONCE_BYTES), rndIc)) {
    throw new AccessError(step, 'wrong-proof', 'the terminal did not return the challenge');
  }
  const kIfd = plain.subarray(2 * NONCE_BYTES);
  return {
    response: seal(keys, concatBytes(rndIc, rndIfd, kIc)),
    session: deriveBacSession({ rndIc, rndIfd, kIfd, kIc }),
  };
}

/** Keys from K_IFD xor K_IC, counter from the last halves of both nonces [9303-11 §9.8.6.3]. */
function deriveBacSession(run: {
  readonly rndIc: Uint8Array;
  readonly rndIfd: Uint8Array;
  readonly kIfd: Uint8Array;
  readonly kIc: Uint8Array;
}): SessionKeys {
  const seed = run.kIfd.map((byte, index) => byte ^ (run.kIc[index] ?? 0));
  return {
    ...deriveChannelKeys('3DES', seed),
    sendSequenceCounter: concatBytes(run.rndIc.subarray(-4), run.rndIfd.subarray(-4)),
  };
}

function seal(keys: ChannelKeys, plain: Uint8Array): Uint8Array {
  const cryptogram = encryptTripleDesCbc(keys.encryptionKey, zeroDesIv(), plain);
  return concatBytes(cryptogram, computeRetailMac(keys.macKey, cryptogram));
}

function open(keys: ChannelKeys, sealed: Uint8Array, step: string): Uint8Array {
  if (sealed.length !== CRYPTOGRAM_BYTES + 8) {
    throw new AccessError(step, 'protocol', 'cryptogram and MAC are not 40 bytes long');
  }
  const cryptogram = sealed.subarray(0, CRYPTOGRAM_BYTES);
  const mac = computeRetailMac(keys.macKey, cryptogram);
  if (!equalBytes(mac, sealed.subarray(CRYPTOGRAM_BYTES))) {
    throw new AccessError(step, 'wrong-proof', 'the MAC is wrong');
  }
  return decryptTripleDesCbc(keys.encryptionKey, zeroDesIv(), cryptogram);
}

function requireLength(random: Uint8Array, lengthBytes: number): void {
  if (random.length !== lengthBytes) {
    throw new RangeError(`a random value of ${random.length} bytes instead of ${lengthBytes}`);
  }
}
