import type { CommandApdu } from '../apdu/command';
import type { ResponseApdu } from '../apdu/response';
import { equalBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { decryptAesCbc, encryptAesCbc, encryptAesEcb } from '../crypto/aes';
import { computeAesCmac } from '../crypto/aes-cmac';
import { padIso, unpadIso } from '../crypto/iso-padding';
import {
  appendMac,
  encodeMacInput,
  isProtectedClass,
  plainClass,
  protectedClass,
  withData,
} from './command-mac-input';
import type { Scp03SessionKeys } from './scp03-keys';
import { SecureChannelError, type SecureChannelFailure } from './secure-channel-error';
import type { SecurityLevel } from './security-level';

const BLOCK = 16;
const NO_DATA = new Uint8Array();

export interface Scp03SessionStart {
  readonly keys: Scp03SessionKeys;
  /** Bytes of a MAC as it is sent: 8 in S8 mode, 16 in S16 mode. */
  readonly macBytes: 8 | 16;
  readonly level: SecurityLevel;
  /** All 16 bytes of the MAC of EXTERNAL AUTHENTICATE. */
  readonly chainingValue: Uint8Array;
}

/**
 * One SCP03 channel after EXTERNAL AUTHENTICATE, for either side: the host wraps commands and
 * unwraps responses, the card unwraps commands and wraps responses, in turn [GPC-D §6.2]. The
 * first message that does not verify closes the channel for good.
 */
export class Scp03Session {
  readonly #keys: Scp03SessionKeys;
  readonly #macBytes: 8 | 16;
  readonly #level: SecurityLevel;
  #chainingValue: Uint8Array;
  /** Counts commands, with or without data; the first command after opening is 1. */
  #counter = 0;
  #closed = false;

  constructor({ keys, macBytes, level, chainingValue }: Scp03SessionStart) {
    this.#keys = {
      encryption: keys.encryption.slice(),
      mac: keys.mac.slice(),
      rMac: keys.rMac.slice(),
    };
    this.#macBytes = macBytes;
    this.#level = level;
    this.#chainingValue = chainingValue;
  }

  /** The MAC of the last command, all 16 bytes, which the next MAC covers [GPC-D §6.2.3]. */
  get macChainingValue(): Uint8Array {
    return this.#chainingValue.slice();
  }

  /** By how many bytes a command may grow: padding of one block and the MAC [GPC-D §6.2.6]. */
  get overheadBytes(): number {
    return (this.#level.cEncryption ? BLOCK : 0) + (this.#level.cMac ? this.#macBytes : 0);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends the channel and overwrites its session keys. */
  close(): void {
    this.#closed = true;
    for (const key of Object.values(this.#keys) as Uint8Array[]) key.fill(0);
  }

  /** Host: the protected command [GPC-D §6.2.4, §6.2.6]. @throws SecureChannelError `closed` */
  wrapCommand(command: CommandApdu): CommandApdu {
    this.#begin();
    if (!this.#level.cMac) return command;
    const plain = command.data ?? NO_DATA;
    const data = this.#level.cEncryption ? this.#encrypt(plain, 'command') : plain;
    const prepared = withData({ ...command, cla: protectedClass(command.cla) }, data);
    return appendMac(prepared, this.#nextMac(prepared));
  }

  /**
   * Card: the plain command, after its MAC was verified [GPC-D §6.2.4, §6.2.6].
   *
   * @throws SecureChannelError with `answerSw`, which the card answers without protection.
   */
  unwrapCommand(command: CommandApdu): CommandApdu {
    this.#begin();
    if (!this.#level.cMac) return command;
    if (!isProtectedClass(command.cla)) throw this.#fail('unprotected');
    const data = command.data ?? NO_DATA;
    const end = data.length - this.#macBytes;
    if (end < 0) throw this.#fail('length');
    const body = withData(command, data.subarray(0, end));
    if (!equalBytes(this.#nextMac(body), data.subarray(end))) throw this.#fail('mac-wrong');
    const sent = body.data ?? NO_DATA;
    const plain = this.#level.cEncryption ? this.#decrypt(sent, 'command') : sent;
    return withData({ ...body, cla: plainClass(command.cla) }, plain);
  }

  /**
   * Card: the response to the command unwrapped last. An error goes out bare: only 9000 and
   * warnings are protected [GPC-D §6.2.5, §6.2.7].
   *
   * @throws SecureChannelError `closed`
   */
  wrapResponse(response: ResponseApdu): ResponseApdu {
    if (this.#closed) throw new SecureChannelError('closed');
    if (!this.#level.rMac) return response;
    if (!isProtectedStatus(response.sw)) return { data: NO_DATA, sw: response.sw };
    const data = this.#level.rEncryption ? this.#encrypt(response.data, 'response') : response.data;
    return { data: concatBytes(data, this.#responseMac(data, response.sw)), sw: response.sw };
  }

  /**
   * Host: the plain response, after its MAC was verified [GPC-D §6.2.5, §6.2.7].
   *
   * @throws SecureChannelError
   */
  unwrapResponse(response: ResponseApdu): ResponseApdu {
    if (this.#closed) throw new SecureChannelError('closed');
    if (!this.#level.rMac) return response;
    const { data, sw } = response;
    if (!isProtectedStatus(sw)) {
      // An error has no MAC, so that any data with it comes from somebody else.
      if (data.length > 0) throw this.#fail('length');
      return response;
    }
    const end = data.length - this.#macBytes;
    if (end < 0) throw this.#fail('length');
    const body = data.subarray(0, end);
    const mac = this.#responseMac(body, sw);
    if (!equalBytes(mac, data.subarray(end))) throw this.#fail('mac-wrong');
    return { data: this.#level.rEncryption ? this.#decrypt(body, 'response') : body, sw };
  }

  #begin(): void {
    if (this.#closed) throw new SecureChannelError('closed');
    this.#counter++;
  }

  #fail(reason: SecureChannelFailure): SecureChannelError {
    this.close();
    return new SecureChannelError(reason);
  }

  #nextMac(command: CommandApdu): Uint8Array {
    const input = concatBytes(this.#chainingValue, encodeMacInput(command, this.#macBytes));
    this.#chainingValue = computeAesCmac(this.#keys.mac, input);
    return this.#chainingValue.subarray(0, this.#macBytes);
  }

  #responseMac(data: Uint8Array, sw: number): Uint8Array {
    const input = concatBytes(this.#chainingValue, data, Uint8Array.of(sw >> 8, sw & 0xff));
    return computeAesCmac(this.#keys.rMac, input).subarray(0, this.#macBytes);
  }

  /** The encrypted counter; its first byte tells responses from commands [GPC-D §6.2.6, §6.2.7]. */
  #iv(kind: 'command' | 'response'): Uint8Array {
    const counter = encodeUint(this.#counter, BLOCK);
    if (kind === 'response') counter[0] = 0x80;
    return encryptAesEcb(this.#keys.encryption, counter);
  }

  #encrypt(plain: Uint8Array, kind: 'command' | 'response'): Uint8Array {
    if (plain.length === 0) return plain;
    return encryptAesCbc(this.#keys.encryption, this.#iv(kind), padIso(plain, BLOCK));
  }

  #decrypt(cryptogram: Uint8Array, kind: 'command' | 'response'): Uint8Array {
    if (cryptogram.length === 0) return cryptogram;
    if (cryptogram.length % BLOCK !== 0) throw this.#fail('padding-wrong');
    const padded = decryptAesCbc(this.#keys.encryption, this.#iv(kind), cryptogram);
    try {
      return unpadIso(padded, 'SCP03');
    } catch {
      throw this.#fail('padding-wrong');
    }
  }
}

/** 9000 and the warnings 62xx and 63xx; everything else is an error [GPC-D §6.2.5]. */
function isProtectedStatus(sw: number): boolean {
  return sw === 0x9000 || sw >> 8 === 0x62 || sw >> 8 === 0x63;
}
