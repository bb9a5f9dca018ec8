import { type CommandApdu, encodeCommand, parseCommand } from '../../../standards/apdu/command';
import { encodeResponse, type ResponseApdu } from '../../../standards/apdu/response';
import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex } from '../../../standards/bytes/hex';
import { decryptAesCbc } from '../../../standards/crypto/aes';
import { decryptTripleDesEcb } from '../../../standards/crypto/triple-des';
import {
  answerScp02InitializeUpdate,
  answerScp03InitializeUpdate,
} from '../../../standards/gp/answer-initialize-update';
import { computeAesKcv, computeTripleDesKcv } from '../../../standards/gp/key-check-value';
import { encodeKeyInformation } from '../../../standards/gp/key-information';
import { acceptScp02 } from '../../../standards/gp/open-scp02';
import { acceptScp03 } from '../../../standards/gp/open-scp03';
import { deriveScp02SessionKeys } from '../../../standards/gp/scp02-keys';
import { parseScp03Options } from '../../../standards/gp/scp03-options';
import type { Scp02Session } from '../../../standards/gp/scp02-session';
import type { Scp03Session } from '../../../standards/gp/scp03-session';
import { SecureChannelError } from '../../../standards/gp/secure-channel-error';
import type { StaticKeys } from '../../../standards/gp/static-keys';
import { encodeTlv } from '../../../standards/tlv/tlv';
import type { CardChannel } from '../../ports';

export interface SmallDomain {
  readonly protocol: 'scp02' | 'scp03';
  /** The parameter i of its secure channel protocol. */
  readonly i: number;
  readonly keys: StaticKeys;
  readonly keyVersion: number;
}

const COUNTER = decodeHex('0007');
const DIVERSIFICATION = decodeHex('00010203040506070809');
const KEYS_IN_SET = 3;

/**
 * A card that is nothing but a security domain of either protocol: it opens channels, decrypts the
 * keys of PUT KEY and checks their values, and remembers every other command as it understood it.
 */
export class SmallSecurityDomain implements CardChannel {
  /** Instructions as they came, before anything was unwrapped. */
  readonly sent: number[] = [];
  readonly received: CommandApdu[] = [];
  readonly newKeys: Uint8Array[] = [];
  /** Changes every answer on its way, as somebody in between would. */
  tamper: (answer: Uint8Array) => Uint8Array = (answer) => answer;
  #accept: ((command: CommandApdu) => Scp02Session | Scp03Session) | undefined;
  #session: Scp02Session | Scp03Session | undefined;

  constructor(private readonly domain: SmallDomain) {}

  transmit(bytes: Uint8Array): Promise<Uint8Array> {
    const command = parseCommand(bytes);
    this.sent.push(command.ins);
    return Promise.resolve(this.tamper(encodeResponse(this.#answer(command))));
  }

  /** What was encrypted under the data key, in plain. */
  decrypt(data: Uint8Array): Uint8Array {
    const { protocol, keys } = this.domain;
    return protocol === 'scp03'
      ? decryptAesCbc(keys.dataEncryption, new Uint8Array(16), data)
      : decryptTripleDesEcb(deriveScp02SessionKeys(keys, COUNTER).dataEncryption, data);
  }

  #answer(command: CommandApdu): ResponseApdu {
    try {
      if (command.ins === 0xca) return this.#getData(command);
      if (command.ins === 0x50) return this.#initialize(command);
      if (command.ins === 0x82 && this.#accept !== undefined) {
        this.#session = this.#accept(command);
        return answer(0x9000);
      }
      const session = this.#session;
      if (session === undefined) return answer(0x6982);
      return session.wrapResponse(this.#run(session.unwrapCommand(command)));
    } catch (error) {
      if (error instanceof SecureChannelError) return answer(error.answerSw);
      throw error;
    }
  }

  #getData({ p2 }: CommandApdu): ResponseApdu {
    const { keyVersion: version, protocol, i } = this.domain;
    if (p2 === 0xe0) {
      const components = [{ type: 0x88, lengthBytes: 16 }];
      return answer(0x9000, encodeKeyInformation([{ id: 1, version, components }]));
    }
    const oid = concatBytes(
      decodeHex(protocol === 'scp02' ? '2A864886FC6B0402' : '2A864886FC6B0403'),
      Uint8Array.of(i),
    );
    const recognition = encodeTlv(0x73, encodeTlv(0x64, encodeTlv(0x06, oid)));
    return answer(0x9000, encodeTlv(0x66, recognition));
  }

  #initialize({ p1, data: hostChallenge = new Uint8Array() }: CommandApdu): ResponseApdu {
    const { keys, keyVersion, i, protocol } = this.domain;
    if (p1 !== keyVersion) return answer(0x6a88);
    const side = { keys, keyVersion, diversificationData: DIVERSIFICATION, hostChallenge };
    if (protocol === 'scp02') {
      const cardChallenge = decodeHex('A1A2A3A4A5A6');
      const given = { ...side, cardChallenge, sequenceCounter: COUNTER, i };
      const { data, acceptance } = answerScp02InitializeUpdate(given);
      this.#accept = (command) => acceptScp02(acceptance, command);
      return answer(0x9000, data);
    }
    const options = parseScp03Options(i);
    const cardChallenge = new Uint8Array(options.macBytes).fill(0xb7);
    const { data, acceptance } = answerScp03InitializeUpdate({ ...side, cardChallenge, options });
    this.#accept = (command) => acceptScp03(acceptance, command);
    return answer(0x9000, data);
  }

  #run(command: CommandApdu): ResponseApdu {
    if (command.ins !== 0xd8) {
      this.received.push(command);
      return answer(0x9000);
    }
    const [version = 0, ...rest] = command.data ?? [];
    const kcvs = this.#readKeys(Uint8Array.from(rest));
    return answer(0x9000, concatBytes(Uint8Array.of(version), ...kcvs));
  }

  /** `type length [key length] cryptogram 03 kcv`, three times. */
  #readKeys(fields: Uint8Array): readonly Uint8Array[] {
    const isAes = this.domain.protocol === 'scp03';
    let rest = fields;
    return Array.from({ length: KEYS_IN_SET }, () => {
      const length = rest[1] ?? 0;
      const keyBytes = isAes ? (rest[2] ?? 0) : length;
      const cryptogram = rest.subarray(isAes ? 3 : 2, 2 + length);
      const key = this.decrypt(cryptogram).subarray(0, keyBytes);
      this.newKeys.push(key);
      rest = rest.subarray(2 + length + 4);
      return isAes ? computeAesKcv(key) : computeTripleDesKcv(key);
    });
  }
}

/** A command as the card understood it, for comparison. */
export function asBytes(command: CommandApdu | undefined): Uint8Array {
  return command === undefined ? new Uint8Array() : encodeCommand(command);
}

function answer(sw: number, data: Uint8Array = new Uint8Array()): ResponseApdu {
  return { data, sw };
}
