import type { CommandApdu } from '../../apdu/command';
import type { ResponseApdu } from '../../apdu/response';
import { equalBytes } from '../../bytes/compare';
import { concatBytes } from '../../bytes/concat';
import { padIso, unpadIso } from '../../crypto/iso-padding';
import { SESSION_CIPHERS, type SessionCipher } from '../../crypto/session-cipher';
import { encodeTlv } from '../../tlv/tlv';
import type { SessionKeys } from '../session-keys';
import { parseProtectedObjects, type ProtectedObjects, SM_TAG } from './protected-objects';
import { type SecureMessagingFailure, SecureMessagingError } from './secure-messaging-error';
import { incrementCounter } from './send-sequence-counter';

const SM_CLASS_BITS = 0x0c;
const PADDING_INDICATOR = 0x01;
const EXTENDED_LE = 0x1_0000;
const SHORT_LE = 0x100;

/**
 * One secure channel after BAC, PACE or Chip Authentication, 3DES or AES, for either side: a
 * terminal wraps commands and unwraps responses, a chip unwraps commands and wraps responses, in
 * turn [9303-11 §9.8]. The first message that does not verify closes the session for good.
 */
export class SecureMessaging {
  readonly #cipher: SessionCipher;
  readonly #encryptionKey: Uint8Array;
  readonly #macKey: Uint8Array;
  #counter: Uint8Array;
  #closed = false;
  /** Whether the last command had an odd instruction: its response then carries DO 85. */
  #oddInstruction = false;

  constructor(keys: SessionKeys) {
    this.#cipher = SESSION_CIPHERS[keys.cipher];
    if (keys.sendSequenceCounter.length !== this.#cipher.blockBytes) {
      throw new RangeError('the send sequence counter is not one block long');
    }
    this.#encryptionKey = keys.encryptionKey;
    this.#macKey = keys.macKey;
    this.#counter = keys.sendSequenceCounter;
  }

  /** The counter of the last message; one block [9303-11 §9.8.2]. */
  get sendSequenceCounter(): Uint8Array {
    return this.#counter.slice();
  }

  /** True after a message was refused: nothing more goes in or out. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Ends the session, as a chip does when a plain command comes [9303-11 §9.8.3]. */
  close(): void {
    this.#closed = true;
  }

  /**
   * Terminal: the protected command. It gets an extended length where the plain one asks for more
   * than 256 bytes or its own data needs it [9303-11 §9.8.4].
   *
   * @throws SecureMessagingError when the session is closed.
   */
  wrapCommand(command: CommandApdu): CommandApdu {
    this.#begin();
    this.#oddInstruction = (command.ins & 1) === 1;
    const header = { ...command, cla: command.cla | SM_CLASS_BITS };
    const objects = concatBytes(
      this.#encryptData(command.data ?? new Uint8Array()),
      command.le === undefined
        ? new Uint8Array()
        : encodeTlv(SM_TAG.expectedLength, encodeExpectedLength(command.le)),
    );
    const mac = this.#computeMac(objects, this.#paddedHeader(header));
    const data = concatBytes(objects, encodeTlv(SM_TAG.mac, mac));
    const extended = data.length > 0xff || (command.le ?? 0) > SHORT_LE;
    return { ...header, data, le: extended ? EXTENDED_LE : SHORT_LE };
  }

  /**
   * Terminal: the plain response, after its MAC and its status word were verified
   * [9303-11 §9.8.4].
   *
   * @throws SecureMessagingError; a response without data objects is `unprotected` and carries
   * the chip's status word as `receivedSw`.
   */
  unwrapResponse(response: ResponseApdu): ResponseApdu {
    this.#begin();
    return this.#closingOnError(() => {
      if (response.data.length === 0) throw new SecureMessagingError('unprotected', response.sw);
      const objects = parseProtectedObjects(response.data, SM_TAG.status, response.sw);
      this.#verifyMac(objects, new Uint8Array(), response.sw);
      const status = objects.trailer;
      if (status === undefined) throw new SecureMessagingError('status-missing', response.sw);
      const [sw1, sw2] = status;
      if (sw1 === undefined || sw2 === undefined || status.length !== 2) {
        throw new SecureMessagingError('status-length', response.sw);
      }
      const sw = sw1 * 0x100 + sw2;
      if (sw !== response.sw) throw new SecureMessagingError('status-differs', response.sw);
      return { data: this.#decryptData(objects, response.sw), sw };
    });
  }

  /**
   * Chip: the plain command, after its MAC was verified [9303-11 §9.8.4].
   *
   * @throws SecureMessagingError with `answerSw`, which the chip answers without protection.
   */
  unwrapCommand(command: CommandApdu): CommandApdu {
    this.#begin();
    return this.#closingOnError(() => {
      const { cla, ins, p1, p2, data = new Uint8Array() } = command;
      if ((cla & SM_CLASS_BITS) !== SM_CLASS_BITS || data.length === 0) {
        throw new SecureMessagingError('unprotected');
      }
      this.#oddInstruction = (ins & 1) === 1;
      const objects = parseProtectedObjects(data, SM_TAG.expectedLength);
      this.#verifyMac(objects, this.#paddedHeader(command));
      const plain = this.#decryptData(objects);
      const le = objects.trailer === undefined ? undefined : decodeExpectedLength(objects.trailer);
      return {
        cla: cla & ~SM_CLASS_BITS,
        ins,
        p1,
        p2,
        ...(plain.length === 0 ? {} : { data: plain }),
        ...(le === undefined ? {} : { le }),
      };
    });
  }

  /**
   * Chip: the protected response to the command unwrapped last [9303-11 §9.8.4].
   *
   * @throws SecureMessagingError when the session is closed.
   */
  wrapResponse(response: ResponseApdu): ResponseApdu {
    this.#begin();
    const status = Uint8Array.of(response.sw >> 8, response.sw & 0xff);
    const objects = concatBytes(this.#encryptData(response.data), encodeTlv(SM_TAG.status, status));
    const mac = this.#computeMac(objects, new Uint8Array());
    return { data: concatBytes(objects, encodeTlv(SM_TAG.mac, mac)), sw: response.sw };
  }

  #begin(): void {
    if (this.#closed) throw new SecureMessagingError('closed');
    this.#counter = incrementCounter(this.#counter);
  }

  #closingOnError<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#closed = true;
      throw error;
    }
  }

  #paddedHeader({ cla, ins, p1, p2 }: CommandApdu): Uint8Array {
    return padIso(Uint8Array.of(cla, ins, p1, p2), this.#cipher.blockBytes);
  }

  #computeMac(objects: Uint8Array, paddedHeader: Uint8Array): Uint8Array {
    const message = concatBytes(this.#counter, paddedHeader, objects);
    return this.#cipher.computeMessageMac(this.#macKey, message);
  }

  #verifyMac(objects: ProtectedObjects, paddedHeader: Uint8Array, receivedSw?: number): void {
    const mac = this.#computeMac(objects.authenticated, paddedHeader);
    if (!equalBytes(mac, objects.mac)) throw new SecureMessagingError('mac-wrong', receivedSw);
  }

  #encryptData(plain: Uint8Array): Uint8Array {
    if (plain.length === 0) return new Uint8Array();
    const { blockBytes, encrypt, deriveIv } = this.#cipher;
    const iv = deriveIv(this.#encryptionKey, this.#counter);
    const cryptogram = encrypt(this.#encryptionKey, iv, padIso(plain, blockBytes));
    return this.#oddInstruction
      ? encodeTlv(SM_TAG.tlvCryptogram, cryptogram)
      : encodeTlv(SM_TAG.cryptogram, Uint8Array.of(PADDING_INDICATOR), cryptogram);
  }

  #decryptData({ cryptogram }: ProtectedObjects, receivedSw?: number): Uint8Array {
    const fail = (reason: SecureMessagingFailure) => new SecureMessagingError(reason, receivedSw);
    if (cryptogram === undefined) return new Uint8Array();
    const isTlv = cryptogram.tag === SM_TAG.tlvCryptogram;
    if (isTlv !== this.#oddInstruction) throw fail('cryptogram-kind');
    if (!isTlv && cryptogram.value[0] !== PADDING_INDICATOR) throw fail('padding-indicator');
    const blocks = cryptogram.value.subarray(isTlv ? 0 : 1);
    const { blockBytes, decrypt, deriveIv } = this.#cipher;
    if (blocks.length === 0 || blocks.length % blockBytes !== 0) throw fail('cryptogram-length');
    const iv = deriveIv(this.#encryptionKey, this.#counter);
    try {
      return unpadIso(decrypt(this.#encryptionKey, iv, blocks), 'secure messaging');
    } catch {
      throw fail('padding-wrong');
    }
  }
}

function encodeExpectedLength(le: number): Uint8Array {
  return le > SHORT_LE ? Uint8Array.of((le >> 8) & 0xff, le & 0xff) : Uint8Array.of(le & 0xff);
}

function decodeExpectedLength(value: Uint8Array): number {
  const [first, second] = value;
  if (first === undefined || value.length > 2) throw new SecureMessagingError('le-length');
  if (second === undefined) return first === 0 ? SHORT_LE : first;
  return first * 0x100 + second === 0 ? EXTENDED_LE : first * 0x100 + second;
}
