import type { CommandApdu } from '../apdu/command';
import type { ResponseApdu } from '../apdu/response';
import { equalBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { padIso, unpadIso } from '../crypto/iso-padding';
import { decryptTripleDesCbc, encryptTripleDesCbc, zeroDesIv } from '../crypto/triple-des';
import {
  appendMac,
  isProtectedClass,
  plainClass,
  protectedClass,
  withData,
} from './command-mac-input';
import type { Scp02SessionKeys } from './scp02-keys';
import { chainRetailMac, computeScp02CommandMac } from './scp02-mac';
import type { Scp02Options } from './scp02-options';
import { SecureChannelError, type SecureChannelFailure } from './secure-channel-error';
import type { SecurityLevel } from './security-level';

const BLOCK = 8;
const MAC_BYTES = 8;
const NO_DATA = new Uint8Array();

export interface Scp02SessionStart {
  readonly keys: Scp02SessionKeys;
  readonly options: Scp02Options;
  readonly level: SecurityLevel;
  /** The MAC of EXTERNAL AUTHENTICATE, 8 bytes. */
  readonly chainingValue: Uint8Array;
}

/**
 * One SCP02 channel after EXTERNAL AUTHENTICATE, for either side, for stock that has no SCP03
 * [GPC-C §E.4]. The first message that does not verify closes the channel for good.
 */
export class Scp02Session {
  readonly #keys: Scp02SessionKeys;
  readonly #options: Scp02Options;
  readonly #level: SecurityLevel;
  #chainingValue: Uint8Array;
  #responseChainingValue: Uint8Array;
  /** The plain command of which the next response's MAC covers header and data. */
  #lastCommand: Uint8Array = NO_DATA;
  #closed = false;

  constructor({ keys, options, level, chainingValue }: Scp02SessionStart) {
    this.#keys = {
      encryption: keys.encryption.slice(),
      mac: keys.mac.slice(),
      rMac: keys.rMac.slice(),
      dataEncryption: keys.dataEncryption.slice(),
    };
    this.#options = options;
    this.#level = level;
    this.#chainingValue = chainingValue;
    this.#responseChainingValue = chainingValue;
  }

  /** By how many bytes a command may grow: padding of one block and the MAC [GPC-C §E.4.6]. */
  get overheadBytes(): number {
    return (this.#level.cEncryption ? BLOCK : 0) + (this.#level.cMac ? MAC_BYTES : 0);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends the channel and overwrites its session keys. */
  close(): void {
    this.#closed = true;
    for (const key of Object.values(this.#keys) as Uint8Array[]) key.fill(0);
  }

  /** Host: the protected command [GPC-C §E.4.4, §E.4.6]. @throws SecureChannelError `closed` */
  wrapCommand(command: CommandApdu): CommandApdu {
    this.#begin(command);
    if (!this.#level.cMac) return command;
    const mac = this.#nextMac(command);
    const plain = command.data ?? NO_DATA;
    const data = this.#level.cEncryption ? this.#encrypt(plain) : plain;
    return appendMac(withData({ ...command, cla: protectedClass(command.cla) }, data), mac);
  }

  /**
   * Card: the plain command, after its MAC was verified [GPC-C §E.4.4, §E.4.6].
   *
   * @throws SecureChannelError with `answerSw`, which the card answers without protection.
   */
  unwrapCommand(command: CommandApdu): CommandApdu {
    if (this.#closed) throw new SecureChannelError('closed');
    const plain = this.#level.cMac ? this.#verifyCommand(command) : command;
    this.#begin(plain);
    return plain;
  }

  /** Card: the response to the command unwrapped last [GPC-C §E.4.5]. @throws SecureChannelError */
  wrapResponse(response: ResponseApdu): ResponseApdu {
    if (this.#closed) throw new SecureChannelError('closed');
    if (!this.#level.rMac) return response;
    return { data: concatBytes(response.data, this.#responseMac(response)), sw: response.sw };
  }

  /** Host: the plain response, after its MAC was verified [GPC-C §E.4.5]. @throws SecureChannelError */
  unwrapResponse(response: ResponseApdu): ResponseApdu {
    if (this.#closed) throw new SecureChannelError('closed');
    if (!this.#level.rMac) return response;
    const end = response.data.length - MAC_BYTES;
    if (end < 0) throw this.#fail('length');
    const plain = { data: response.data.subarray(0, end), sw: response.sw };
    if (!equalBytes(this.#responseMac(plain), response.data.subarray(end))) {
      throw this.#fail('mac-wrong');
    }
    return plain;
  }

  #begin(plain: CommandApdu): void {
    if (this.#closed) throw new SecureChannelError('closed');
    const { cla, ins, p1, p2, data = NO_DATA } = plain;
    this.#lastCommand = concatBytes(Uint8Array.of(cla & ~0x07, ins, p1, p2, data.length), data);
  }

  #fail(reason: SecureChannelFailure): SecureChannelError {
    this.close();
    return new SecureChannelError(reason);
  }

  #verifyCommand(command: CommandApdu): CommandApdu {
    if (!isProtectedClass(command.cla)) throw this.#fail('unprotected');
    const data = command.data ?? NO_DATA;
    const end = data.length - MAC_BYTES;
    if (end < 0) throw this.#fail('length');
    const sent = data.subarray(0, end);
    const opened = this.#level.cEncryption ? this.#decrypt(sent) : sent;
    const plain = withData({ ...command, cla: plainClass(command.cla) }, opened);
    // The MAC covers the plain data, so that a wrong padding stands for a wrong MAC too.
    if (!equalBytes(this.#nextMac(plain), data.subarray(end))) throw this.#fail('mac-wrong');
    return plain;
  }

  #nextMac(plain: CommandApdu): Uint8Array {
    this.#chainingValue = computeScp02CommandMac(plain, {
      key: this.#keys.mac,
      options: this.#options,
      chainingValue: this.#chainingValue,
    });
    return this.#chainingValue;
  }

  #responseMac({ data, sw }: ResponseApdu): Uint8Array {
    const tail = Uint8Array.of(sw >> 8, sw & 0xff);
    const message = concatBytes(this.#lastCommand, Uint8Array.of(data.length), data, tail);
    const mac = chainRetailMac(this.#keys.rMac, this.#responseChainingValue, message);
    this.#responseChainingValue = mac;
    return mac;
  }

  #encrypt(plain: Uint8Array): Uint8Array {
    if (plain.length === 0) return plain;
    return encryptTripleDesCbc(this.#keys.encryption, zeroDesIv(), padIso(plain, BLOCK));
  }

  #decrypt(cryptogram: Uint8Array): Uint8Array {
    if (cryptogram.length === 0) return cryptogram;
    if (cryptogram.length % BLOCK !== 0) throw this.#fail('padding-wrong');
    const padded = decryptTripleDesCbc(this.#keys.encryption, zeroDesIv(), cryptogram);
    try {
      return unpadIso(padded, 'SCP02');
    } catch {
      throw this.#fail('padding-wrong');
    }
  }
}
